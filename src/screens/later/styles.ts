/** Seals, and the review. */
import { css } from 'lit';

export const laterStyles = css`
  .seal {
    inline-size: 4.5rem;
    block-size: 4.5rem;
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
  .centred .way {
    text-align: start;
  }
  .person {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 1rem 1.25rem;
    margin-block-end: 0.75rem;
  }
  .portrait {
    inline-size: 6rem;
    max-block-size: 8rem;
    border-radius: 0.5rem;
    background: var(--_field);
  }
  .person .who {
    flex: 1 9rem;
    margin: 0;
  }
  .who b {
    display: block;
    font-size: calc(var(--_size) * 1.25);
    line-height: 1.5;
  }
  .facts {
    margin: 0;
  }
  .facts > div {
    display: grid;
    grid-template-columns: 4.5rem 1fr;
    gap: 0 0.5rem;
    padding-block: 0.625rem;
  }
  .facts > div + div {
    border-block-start: 1px solid var(--_line);
  }
  .match {
    display: flex;
    align-items: center;
    gap: 0.25rem;
    font-size: var(--_small);
    font-weight: 700;
  }
  .match .icon {
    inline-size: 1.125rem;
    block-size: 1.125rem;
    stroke-width: 2.6;
  }
  .match.match-match {
    color: var(--_success);
  }
  .match.match-mismatch {
    color: var(--_error);
  }
  @container id-verify (inline-size >= 26rem) {
    .facts > div {
      grid-template-columns: 8rem 1fr;
    }
  }
  @container id-verify (inline-size < 18rem) {
    .facts > div {
      grid-template-columns: 1fr;
    }
  }
`;
