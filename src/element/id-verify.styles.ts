/** The look of every screen: one adopted sheet, no images, no fonts, no motion over 200 ms. */
import { css } from 'lit';

export const elementStyles = css`
  :host {
    --_radius: var(--id-verify-radius, 0.75em);
    --_small: 0.875em;

    display: block;
    min-inline-size: 0;
    text-size-adjust: 100%;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  :host([hidden]),
  [hidden] {
    display: none;
  }
  /*
   * The element's box belongs to the page, whose rules win there, a reset of everything among them.
   * So what must hold is said one level below, inherited properties of text included.
   */
  .frame {
    color-scheme: light dark;
    container: id-verify / inline-size;
    /* A container has no width of its own where it is asked for one: in a dialog, centred in a flexbox. */
    contain-intrinsic-inline-size: min(30em, 85vw);
    min-inline-size: 0;
    direction: ltr; /* of every language it speaks */
    writing-mode: horizontal-tb;
    color: var(--_text);
    font: 400 var(--id-verify-font-size, medium) / 1.6
      var(
        --id-verify-font-family,
        'Noto Sans JP',
        'Noto Sans CJK JP',
        'Hiragino Sans',
        'BIZ UDPGothic',
        Meiryo,
        system-ui,
        sans-serif
      );
    letter-spacing: normal;
    word-spacing: normal;
    text-transform: none;
    text-indent: 0;
    text-shadow: none;
    white-space: normal;
    cursor: auto;
    line-break: strict;
    overflow-wrap: anywhere;
    word-break: auto-phrase;
    text-align: start;
    display: flex;
    flex-direction: column;
    max-inline-size: var(--id-verify-max-inline-size, 30em);
    min-block-size: var(--id-verify-min-block-size, 34em);
    margin-inline: auto;
    overflow: clip;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) + 0.25em);
    background: var(--_surface);
  }

  :host([theme='light']) .frame {
    color-scheme: light;
  }
  :host([theme='dark']) .frame {
    color-scheme: dark;
  }

  .header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.625em;
    padding: 0.375em 0.5em 0.375em 1.25em;
    border-block-end: 1px solid var(--_line);
  }
  .mark {
    flex: none;
    inline-size: 2em;
    border-radius: 0.4286em;
    background: var(--id-verify-color-mark, #0055ad); /* light-blue-900 */
    color: #fff;
    font-size: var(--_small);
    font-weight: 700;
    line-height: 2em;
    text-align: center;
  }
  .title {
    flex: 1 6em;
    margin: 0;
    font-size: var(--_small);
    line-height: 1.4;
  }
  .language {
    appearance: none;
    min-block-size: 3.1429em;
    padding-inline: 0.8571em 2em;
    border: 0;
    border-radius: 0.5714em;
    background: transparent;
    color: var(--_quiet);
    font: inherit;
    font-size: var(--_small);
    cursor: pointer;
  }
  .menu {
    position: relative;
  }
  .menu::after {
    content: '▾'; /* of Firefox 115, which knows no other text for it */
    content: '▾' / '';
    position: absolute;
    inset-inline-end: 0.8571em;
    inset-block-start: 50%;
    translate: 0 -50%;
    color: var(--_quiet);
    font-size: var(--_small);
    pointer-events: none;
  }
  .banner {
    margin: 0;
    padding: 0.2857em 1.4286em;
    background: var(--_kept-field);
    color: var(--_kept);
    font-size: var(--_small);
  }
  .rail {
    display: flex;
    gap: 0.375em;
    padding: 1em 1.25em 0;
  }
  .rail span {
    flex: 1;
    block-size: 0.25em;
    border-radius: 0.125em;
    background: var(--_line);
  }
  .rail .reached {
    background: var(--_key);
  }

  .screen {
    display: contents;
  }
  .disabled :is(.header, .rail, .panel) {
    opacity: 0.6;
  }
  .panel {
    flex: 1;
    display: flex;
    flex-direction: column;
    padding: 1em 1.25em 1.25em;
  }
  h2 {
    margin: 0;
    font-size: 1.375em;
    font-weight: 700;
    line-height: 1.4;
    outline: none;
    text-wrap: balance;
  }
  .body {
    margin-block: 0.75em 1.25em;
  }
  .body > :first-child {
    margin-block-start: 0;
  }
  .body > :last-child {
    margin-block-end: 0;
  }
  p {
    margin-block: 0.75em;
  }
  .quiet {
    color: var(--_quiet);
    font-size: var(--_small);
  }
  .actions {
    display: grid;
    gap: 0.75em;
    margin-block-start: auto;
  }
  .button {
    min-block-size: 3.25em;
    padding: 0.5em 1em;
    border: 1px solid var(--_key);
    border-radius: calc(var(--_radius) - 0.125em);
    background: transparent;
    color: var(--_key);
    font: inherit;
    font-weight: 700;
    line-height: 1.4;
    cursor: pointer;
  }
  .primary {
    background: var(--_key);
    color: var(--_on-key);
  }
  a {
    color: var(--_key);
  }

  .note {
    padding: 0.8571em 1.1429em;
    border-radius: 0.7143em;
    background: var(--_field);
    color: var(--_quiet);
    font-size: var(--_small);
  }

  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @container id-verify (inline-size >= 26em) {
    .header,
    .banner,
    .rail,
    .panel {
      padding-inline: 1.75em;
    }
    .header {
      padding-inline-end: 1em;
    }
    .panel {
      padding-block: 1.25em 1.75em;
    }
  }
`;
