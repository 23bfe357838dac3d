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
  :focus-visible:is(a, button, select, summary, .way input) {
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
    inline-size: 1.5em;
    block-size: 1.5em;
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
    gap: 0.75em;
  }

  .links {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-evenly;
    gap: 0.25em 1em;
    margin-block-start: 0.5em;
  }
  .button[aria-disabled='true'] {
    border-color: transparent;
    background: var(--_field);
    color: var(--_quiet);
    cursor: progress;
  }
  .link {
    min-block-size: 2.94em;
    padding: 0.2667em 0.5333em;
    border: 0;
    background: none;
    color: var(--_key);
    font: inherit;
    font-size: 0.9375em;
    font-weight: 700;
    cursor: pointer;
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.25em;
  }
  .note .link {
    font-size: 1.0715em; /* in small text as large as elsewhere, target and all */
  }
  .link:hover {
    text-decoration-thickness: 2px;
  }

  .ways {
    display: grid;
    gap: 0.75em;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .way {
    position: relative;
    display: flex;
    gap: 0.875em;
    padding: 0.875em 1em;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    line-height: 1.5;
    isolation: isolate;
  }
  .centred .way {
    text-align: start;
  }
  label.way {
    cursor: pointer;
  }
  label.way:hover {
    border-color: var(--_key);
  }
  .way.next,
  .way :checked {
    border-color: var(--_key);
    background: var(--_selected);
    box-shadow: inset 0 0 0 1px var(--_key);
  }
  .way .icon {
    margin-block-start: 0.125em;
  }
  .way.next .icon,
  .way :checked ~ .icon {
    color: var(--_key);
  }
  /* The whole way is the control, behind its words. */
  .way input {
    appearance: none;
    position: absolute;
    z-index: -1;
    inset: -1px;
    margin: 0;
    border: 1px solid transparent;
    border-radius: inherit;
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
    margin-block-end: 0.1429em;
    padding-inline: 0.5714em;
    border-radius: 0.4286em;
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
    border-radius: 0.25em;
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
    gap: 0 0.75em;
    padding-block: 0.75em;
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
    padding: 0.0714em 0.5714em;
    border-radius: 0.4286em;
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
    margin-block: 1.5em 1em;
  }
  .figure .icon {
    inline-size: 4.5em;
    block-size: 4.5em;
    padding: 1em;
    border-radius: 50%;
    background: var(--_selected);
    color: var(--_key);
  }
  @media (prefers-reduced-motion: no-preference) {
    .skeleton {
      animation: wait 1.6s ease-in-out infinite alternate;
    }
  }
  /* A phone held sideways. */
  @media (orientation: landscape) and (max-height: 30em) {
    .figure {
      display: none;
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
    .way :checked,
    .way.next {
      outline: 3px solid Highlight;
    }
  }
`;
