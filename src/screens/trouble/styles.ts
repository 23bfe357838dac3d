/** What a service says of its refusal, and the code to name to it. */
import { css } from 'lit';

export const troubleStyles = css`
  .reason {
    margin: 0 0 1em;
    padding: 0.75em 1em;
    border-inline-start: 0.25em solid var(--_line);
    background: var(--_field);
    text-align: start;
    overflow-wrap: anywhere;
  }
  .code {
    user-select: all;
    font-family: ui-monospace, monospace;
  }
`;
