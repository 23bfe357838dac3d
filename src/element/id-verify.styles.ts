/** The look of every screen: one adopted sheet, no images, no fonts, no motion over 200 ms. */
import { css } from 'lit';

export const elementStyles = css`
  :host {
    --_radius: var(--id-verify-radius, 0.75rem);
    --_size: var(--id-verify-font-size, 1rem);
    --_small: calc(var(--_size) * 0.875);

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
    contain-intrinsic-inline-size: min(30rem, 85vw);
    min-inline-size: 0;
    direction: ltr; /* of every language it speaks */
    writing-mode: horizontal-tb;
    color: var(--_text);
    font: 400 var(--_size) / 1.6
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
    max-inline-size: var(--id-verify-max-inline-size, 30rem);
    min-block-size: var(--id-verify-min-block-size, 34rem);
    margin-inline: auto;
    overflow: clip;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) + 0.25rem);
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
    gap: 0.625rem;
    padding: 0.375rem 0.5rem 0.375rem 1.25rem;
    border-block-end: 1px solid var(--_line);
  }
  .mark {
    flex: none;
    inline-size: 1.75rem;
    border-radius: 0.375rem;
    background: var(--id-verify-color-mark, #0055ad); /* light-blue-900 */
    color: #fff;
    font-size: var(--_small);
    font-weight: 700;
    line-height: 1.75rem;
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
    min-block-size: 2.75rem;
    padding-inline: 0.75rem 1.75rem;
    border: 0;
    border-radius: 0.5rem;
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
    content: '▾' / '';
    position: absolute;
    inset-inline-end: 0.75rem;
    inset-block-start: 50%;
    translate: 0 -50%;
    color: var(--_quiet);
    font-size: var(--_small);
    pointer-events: none;
  }
  .banner {
    margin: 0;
    padding: 0.25rem 1.25rem;
    background: var(--_kept-field);
    color: var(--_kept);
    font-size: var(--_small);
  }
  .rail {
    display: flex;
    gap: 0.375rem;
    padding: 1rem 1.25rem 0;
  }
  .rail span {
    flex: 1;
    block-size: 0.25rem;
    border-radius: 0.125rem;
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
    padding: 1rem 1.25rem 1.25rem;
  }
  h2 {
    margin: 0;
    font-size: calc(var(--_size) * 1.375);
    font-weight: 700;
    line-height: 1.4;
    outline: none;
    text-wrap: balance;
  }
  .body {
    margin-block: 0.75rem 1.25rem;
  }
  .body > :first-child {
    margin-block-start: 0;
  }
  .body > :last-child {
    margin-block-end: 0;
  }
  p {
    margin-block: 0.75rem;
  }
  .quiet {
    color: var(--_quiet);
    font-size: var(--_small);
  }
  .actions {
    display: grid;
    gap: 0.75rem;
    margin-block-start: auto;
  }
  .button {
    min-block-size: 3.25rem;
    padding: 0.5rem 1rem;
    border: 1px solid var(--_key);
    border-radius: calc(var(--_radius) - 0.125rem);
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
    padding: 0.75rem 1rem;
    border-radius: 0.625rem;
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

  @container id-verify (inline-size >= 26rem) {
    .header,
    .banner,
    .rail,
    .panel {
      padding-inline: 1.75rem;
    }
    .header {
      padding-inline-end: 1rem;
    }
    .panel {
      padding-block: 1.25rem 1.75rem;
    }
  }
`;
