/** Rules of the screens that lead to another device. */
import { css } from 'lit';

export const deviceStyles = css`
  .qr {
    display: block;
    inline-size: min(15em, 100%);
    margin: 0.75em auto 1em;
    border-radius: 0.5em;
    background: #fff;
    fill: #000;
    forced-color-adjust: none;
  }
  .match {
    display: flex;
    align-items: center;
    gap: 1em;
    margin-block: 0.75em;
    padding: 0.625em 1em;
    border-radius: 0.625em;
    background: var(--_field);
  }
  .match b {
    color: var(--_key);
    font-size: 2.25em;
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
    gap: 0 0.5714em;
    margin-block: 0.2857em;
    color: var(--_quiet);
    font-size: var(--_small);
    font-variant-numeric: tabular-nums;
  }
  .left .link {
    font-size: 1.0715em; /* in small text as large as elsewhere, target and all */
  }
  .ahead {
    display: grid;
    gap: 0.5em;
    margin: 0.75em 0;
    padding-inline-start: 1.5em;
  }
  .ahead li::marker {
    color: var(--_key);
    font-weight: 700;
  }
  .needs {
    display: grid;
    gap: 0.5em;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .needs li {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0.625em;
  }
  .needs .icon {
    margin-block-start: 0.0625em;
    color: var(--_key);
  }
  .needs small {
    display: block;
    color: var(--_quiet);
    font-size: var(--_small);
  }
  .subheading {
    margin: 1.25em 0 0.5em;
    font-size: 1em;
  }
  details.help {
    margin-block-start: 0.75em;
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
    margin-block-start: 0.75em;
  }
  .stages {
    display: grid;
    gap: 0.25em;
    margin: 1em 0;
    padding: 0;
    list-style: none;
  }
  .stages li {
    display: flex;
    align-items: center;
    gap: 0.75em;
    padding: 0.5em 0.75em;
    border-radius: 0.625em;
    color: var(--_quiet);
  }
  .stages li::before {
    content: '';
    flex: none;
    inline-size: 0.75em;
    block-size: 0.75em;
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
