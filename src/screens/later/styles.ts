/** Seals, and the review. */
import { css } from 'lit';

export const laterStyles = css`
  .seal {
    inline-size: 4.5em;
    block-size: 4.5em;
    fill: none;
  }
  .seal circle {
    fill: var(--_success-field);
  }
  .seal path {
    stroke: var(--_success);
    stroke-width: 5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .seal.neutral circle {
    fill: none;
  }
  .seal.neutral :is(circle, path) {
    stroke: var(--_quiet);
    stroke-width: 5;
  }
  .person {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 1em 1.25em;
    margin-block-end: 0.75em;
  }
  .portrait {
    inline-size: 6em;
    max-block-size: 8em;
    border-radius: 0.5em;
    background: var(--_field);
  }
  .person .who {
    flex: 1 9em;
    margin: 0;
  }
  .who b {
    display: block;
    font-size: 1.25em;
    line-height: 1.5;
  }
  .facts {
    margin: 0;
  }
  .facts > div {
    display: grid;
    grid-template-columns: 4.5em 1fr;
    gap: 0 0.5em;
    padding-block: 0.625em;
  }
  .facts > div + div {
    border-block-start: 1px solid var(--_line);
  }
  .compared {
    display: flex;
    align-items: center;
    gap: 0.2857em;
    font-size: var(--_small);
    font-weight: 700;
  }
  .compared .icon {
    inline-size: 1.2857em;
    block-size: 1.2857em;
    stroke-width: 2.6;
  }
  .match-match {
    color: var(--_success);
  }
  .match-mismatch {
    color: var(--_error);
  }
  @container id-verify (inline-size >= 26em) {
    .facts > div {
      grid-template-columns: 8em 1fr;
    }
  }
  @container id-verify (inline-size < 18em) {
    .facts > div {
      grid-template-columns: 1fr;
    }
  }
`;
