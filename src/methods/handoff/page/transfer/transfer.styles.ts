/** Rules of the screens on the phone that takes over, and of the page that follows. */
import { css } from 'lit';

export const transferStyles = css`
  .digits {
    inline-size: 3.4286em;
    min-block-size: 2em;
    padding: 0.1429em 0.4286em;
    border: 1px solid var(--_edge);
    border-radius: 0.2857em;
    background: var(--_surface);
    color: inherit;
    font: inherit;
    font-size: 1.75em;
    font-weight: 700;
    font-variant-numeric: tabular-nums;
    letter-spacing: 0.15em;
    text-align: center;
  }
  .digits:focus-visible {
    outline: 3px solid var(--_text);
    outline-offset: 2px;
  }
  .told {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0.5em 1em;
    margin: 0.75em 0;
  }
  .told dd {
    font-weight: 700;
  }
`;
