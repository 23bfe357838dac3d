/** What the first screens hold besides the anatomy of every screen. */
import { css } from 'lit';

export const firstStyles = css`
  .asked {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    margin: 0.5rem 0 0;
    padding: 0;
    list-style: none;
  }
  .asked li {
    padding: 0.25rem 0.75rem;
    border: 1px solid var(--_line);
    border-radius: 1rem;
    font-size: var(--_small);
  }

  .skeleton {
    block-size: 12rem;
    border-radius: var(--_radius);
    background: repeating-linear-gradient(
      var(--_field) 0 3.25rem,
      transparent 0 4.25rem
    );
  }
`;
