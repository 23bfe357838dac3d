/** What the first screens hold besides the anatomy of every screen. */
import { css } from 'lit';

export const firstStyles = css`
  .asked {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    margin: 0.5em 0 0;
    padding: 0;
    list-style: none;
  }
  .asked li {
    padding: 0.2857em 0.8571em;
    border: 1px solid var(--_line);
    border-radius: 1.1429em;
    font-size: var(--_small);
  }

  .skeleton {
    block-size: 12em;
    border-radius: var(--_radius);
    background: repeating-linear-gradient(
      var(--_field) 0 3.25em,
      transparent 0 4.25em
    );
  }
`;
