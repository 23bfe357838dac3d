/**
 * The colours of every screen, light and dark: the Digital Agency's design tokens (named beside each),
 * which a page replaces by the public custom property of the same name. Two lists and not
 * `light-dark()`, which the oldest browsers served here do not have.
 */
import { css } from 'lit';

const light = css`
  --_key: var(--id-verify-color-key, #0017c1); /* blue-900, blue-300 */
  --_on-key: var(--id-verify-color-on-key, #fff);
  --_surface: var(--id-verify-color-surface, #fff);
  --_text: var(--id-verify-color-text, #1a1a1a); /* solid-gray-900 */
  --_quiet: var(--id-verify-color-text-quiet, #4d4d4d); /* solid-gray-700, 200 */
  --_line: var(--id-verify-color-line, #ccc); /* solid-gray-200, 700 */
  --_field: var(--id-verify-color-field, #f2f2f2); /* solid-gray-50, 800 */
  --_kept: var(--id-verify-color-kept, #604b00); /* yellow-1200, 200 */
  --_kept-field: var(--id-verify-color-kept-field, #fbf5e0); /* yellow-50 */
  --_key-hover: var(--id-verify-color-key-hover, #00118f); /* 1000, 200 */
  --_selected: var(--id-verify-color-selected, #e8f1fe); /* blue-50 */
  --_edge: var(--id-verify-color-edge, #767676); /* solid-gray-536, 400 */
  --_success: var(--id-verify-color-success, #197a4b); /* green-800, 300 */
  --_error: var(--id-verify-color-error, #ce0000); /* red-900, 300 */
  --_success-field: var(--id-verify-color-success-field, #e6f5ec); /* green-50 */
  --_focus: #ffd43d; /* yellow-300, around what has the keyboard's focus */
`;

const dark = css`
  --_key: var(--id-verify-color-key, #9db7f9);
  --_on-key: var(--id-verify-color-on-key, #1a1a1a);
  --_surface: var(--id-verify-color-surface, #1a1a1a);
  --_text: var(--id-verify-color-text, #fff);
  --_quiet: var(--id-verify-color-text-quiet, #ccc);
  --_line: var(--id-verify-color-line, #4d4d4d);
  --_field: var(--id-verify-color-field, #333);
  --_kept: var(--id-verify-color-kept, #ffe380);
  --_kept-field: var(--id-verify-color-kept-field, #3b3110);
  --_key-hover: var(--id-verify-color-key-hover, #c5d7fb);
  --_selected: var(--id-verify-color-selected, #1c2340);
  --_edge: var(--id-verify-color-edge, #999);
  --_success: var(--id-verify-color-success, #71c598);
  --_error: var(--id-verify-color-error, #ff9696);
  --_success-field: var(--id-verify-color-success-field, #12392a);
  --_focus: transparent;
`;

export const colors = css`
  :host {
    ${light}
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([theme='light'])) {
      ${dark}
    }
  }
  :host([theme='dark']) {
    ${dark}
  }
`;
