/** Rules of the screens that lead to another device. */
import { css } from 'lit';

export const deviceStyles = css`
  .qr {
    display: block;
    inline-size: min(15rem, 100%);
    margin: 0.75rem auto 1rem;
    border-radius: 0.5rem;
    background: #fff;
    fill: #000;
    forced-color-adjust: none;
  }
  .match {
    display: flex;
    align-items: center;
    gap: 1rem;
    margin-block: 0.75rem;
    padding: 0.625rem 1rem;
    border-radius: 0.625rem;
    background: var(--_field);
  }
  .match b {
    color: var(--_key);
    font-size: calc(var(--_size) * 2.25);
    font-variant-numeric: tabular-nums;
    letter-spacing: 0.04em;
    line-height: 1.2;
    white-space: nowrap;
  }
  .match span {
    font-size: var(--_small);
  }
  .left {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 0 0.5rem;
    margin-block: 0.25rem;
    color: var(--_quiet);
    font-size: var(--_small);
    font-variant-numeric: tabular-nums;
  }
  .ahead {
    display: grid;
    gap: 0.5rem;
    margin: 0.75rem 0;
    padding-inline-start: 1.5rem;
  }
  .ahead li::marker {
    color: var(--_key);
    font-weight: 700;
  }
  .needs {
    display: grid;
    gap: 0.5rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .needs li {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0.625rem;
  }
  .needs .icon {
    margin-block-start: 0.0625rem;
    color: var(--_key);
  }
  .needs small {
    display: block;
    color: var(--_quiet);
    font-size: var(--_small);
  }
  h3 {
    margin: 1.25rem 0 0.5rem;
    font-size: var(--_size);
  }
  details.help {
    margin-block-start: 0.75rem;
    text-align: start;
  }
  .help > summary {
    padding-inline: 0;
  }
  .help .note > :first-child {
    margin-block-start: 0;
  }
  .help .note > :last-child {
    margin-block-end: 0;
  }
  .way-there {
    inline-size: 100%;
    margin-block-start: 0.75rem;
  }
  .stages {
    display: grid;
    gap: 0.25rem;
    margin: 1rem 0;
    padding: 0;
    list-style: none;
  }
  .stages li {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    padding: 0.5rem 0.75rem;
    border-radius: 0.625rem;
    color: var(--_quiet);
  }
  .stages li::before {
    content: '' / '';
    flex: none;
    inline-size: 0.75rem;
    block-size: 0.75rem;
    border: 2px solid var(--_edge);
    border-radius: 50%;
  }
  .stages .past {
    color: inherit;
  }
  .stages .past::before {
    border-color: var(--_key);
    background: var(--_key);
  }
  .stages [aria-current] {
    background: var(--_selected);
    color: inherit;
    font-weight: 700;
  }
  .stages [aria-current]::before {
    border-color: var(--_key);
  }
  @media (prefers-reduced-motion: no-preference) {
    .stages [aria-current]::before {
      animation: wait 0.8s ease-in-out infinite alternate;
    }
  }
  @media (forced-colors: active) {
    .match,
    .stages [aria-current] {
      border: 1px solid;
    }
  }
`;
