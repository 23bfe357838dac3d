/** Rules of the screens on the phone that takes over, and of the page that follows. */
import { css } from 'lit';

export const transferStyles = css`
  .digits {
    inline-size: 6rem;
    min-block-size: 3.5rem;
    padding: 0.25rem 0.75rem;
    border: 1px solid var(--_edge);
    border-radius: 0.5rem;
    background: var(--_surface);
    color: inherit;
    font: inherit;
    font-size: calc(var(--_size) * 1.75);
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
    gap: 0.5rem 1rem;
    margin: 0.75rem 0;
  }
  .told dd {
    font-weight: 700;
  }
`;
