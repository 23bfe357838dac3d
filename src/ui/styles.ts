/**
 * What screens and methods share: what answers a pointer, the keyboard's focus and forced colours,
 * quiet links, methods to choose from, the list of what will be sent, figures. The first screens can
 * be drawn without, and it arrives right behind them.
 */
import { css } from 'lit';

export const sharedStyles = css`
  :host(:focus:not(:focus-visible)) {
    outline: none;
  }
  :focus-visible:is(a, button, select, summary),
  .way:has(:focus-visible) {
    outline: 3px solid var(--_text);
    outline-offset: 2px;
    box-shadow: 0 0 0 2px var(--_focus);
  }
  .language:hover {
    text-decoration: underline;
    text-underline-offset: 0.25em;
  }
  .language option {
    background: var(--_surface);
    color: var(--_text);
  }
  .button {
    transition: background-color 120ms;
  }
  .primary:hover {
    background: var(--_key-hover);
  }
  .secondary:hover {
    background: var(--_selected);
  }
  a:not(.button) {
    text-underline-offset: 0.25em;
  }
  a.button,
  .link {
    display: inline-flex;
    align-items: center;
    justify-content: center;
  }
  a.button {
    text-decoration: none;
  }
  .icon {
    flex: none;
    inline-size: 1.5rem;
    block-size: 1.5rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.6;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .centred {
    text-align: center;
  }
  .centred .asked {
    justify-content: center;
  }
  .centred .body {
    display: flex;
    flex-direction: column;
    gap: 0.75rem;
  }

  .links {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-evenly;
    gap: 0.25rem 1rem;
    margin-block-start: 0.5rem;
  }
  .button[aria-disabled='true'] {
    border-color: transparent;
    background: var(--_field);
    color: var(--_quiet);
    cursor: progress;
  }
  .link {
    min-block-size: 2.75rem;
    padding: 0.25rem 0.5rem;
    border: 0;
    background: none;
    color: var(--_key);
    font: inherit;
    font-size: calc(var(--_size) * 0.9375);
    font-weight: 700;
    cursor: pointer;
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.25em;
  }
  .link:hover {
    text-decoration-thickness: 2px;
  }

  .ways {
    display: grid;
    gap: 0.75rem;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .way {
    position: relative;
    display: flex;
    gap: 0.875rem;
    padding: 0.875rem 1rem;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    line-height: 1.5;
  }
  label.way {
    cursor: pointer;
  }
  label.way:hover {
    border-color: var(--_key);
  }
  .way.next,
  .way:has(:checked) {
    border-color: var(--_key);
    background: var(--_selected);
    box-shadow: inset 0 0 0 1px var(--_key);
  }
  .way .icon {
    margin-block-start: 0.125rem;
  }
  .way.next .icon,
  .way:has(:checked) .icon {
    color: var(--_key);
  }
  .way input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .way .words {
    flex: 1;
    min-inline-size: 0;
  }
  .way b,
  .way small {
    display: block;
  }
  .way small {
    color: var(--_quiet);
    font-size: var(--_small);
  }
  .way .badge {
    display: inline-block;
    margin-block-end: 0.125rem;
    padding-inline: 0.5rem;
    border-radius: 0.375rem;
    background: var(--_surface);
    color: var(--_key);
    font-size: var(--_small);
    font-weight: 700;
  }
  .way.closed {
    border-style: dashed;
    color: var(--_quiet);
  }
  summary {
    border-radius: 0.25rem;
    list-style: none;
  }
  details {
    text-align: center;
  }
  details .note {
    text-align: start;
  }
  summary::-webkit-details-marker {
    display: none;
  }

  dt {
    color: var(--_quiet);
    font-size: var(--_small);
    line-height: 1.8;
  }
  dd {
    margin: 0;
  }
  .claims {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .claims li {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: center;
    gap: 0 0.75rem;
    padding-block: 0.75rem;
  }
  .claims li + li {
    border-block-start: 1px solid var(--_line);
  }
  .claims .why {
    grid-column: 1 / -1;
    color: var(--_quiet);
    font-size: var(--_small);
  }
  .tag {
    padding: 0.0625rem 0.5rem;
    border-radius: 0.375rem;
    background: var(--_field);
    font-size: var(--_small);
    font-weight: 700;
    white-space: nowrap;
  }
  .tag.kept {
    background: var(--_kept-field);
    color: var(--_kept);
  }
  .figure {
    margin-block: 1.5rem 1rem;
  }
  .figure .icon {
    inline-size: 4.5rem;
    block-size: 4.5rem;
    padding: 1rem;
    border-radius: 50%;
    background: var(--_selected);
    color: var(--_key);
  }
  @media (prefers-reduced-motion: no-preference) {
    .skeleton {
      animation: wait 1.6s ease-in-out infinite alternate;
    }
  }
  @keyframes wait {
    to {
      opacity: 0.5;
    }
  }
  @media (forced-colors: active) {
    .rail span {
      background: GrayText;
    }
    .rail .reached,
    .mark {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .note,
    .tag {
      border: 1px solid;
    }
    .way:has(:checked),
    .way.next {
      outline: 3px solid Highlight;
    }
  }
`;
