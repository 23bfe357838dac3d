/** Rules of the photo screens. The viewfinder is dark in every theme, so that the picture counts. */
import { css } from 'lit';

export const photoStyles = css`
  /* Focus that comes to a heading brings what is below it into view: picture and shutter. */
  .pictured h2 {
    scroll-margin-block: 0.5em 80svh;
  }
  .camera,
  .picture {
    position: relative;
    display: grid;
    justify-items: center;
    overflow: clip;
    border-radius: var(--_radius);
    background: #0b0d12;
    color: #fff;
    forced-color-adjust: none;
  }
  .viewfinder {
    display: grid;
    justify-items: center;
    inline-size: 100%;
  }
  .above {
    display: grid;
    align-items: center;
    inline-size: 100%;
    min-block-size: 3.25em;
    padding: 0.375em 0.75em;
  }
  .sight {
    position: relative;
    inline-size: min(100%, 46svh * var(--_ratio, 1.333));
    min-inline-size: min(100%, 12em * var(--_ratio, 1.333));
    aspect-ratio: var(--_ratio, 1.333);
  }
  .sight video,
  .overlay,
  .overlay > svg {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .mirrored video {
    scale: -1 1;
  }
  .overlay path,
  .overlay ellipse {
    vector-effect: non-scaling-stroke;
  }
  .guide {
    fill: none;
    stroke: #fff;
    stroke-width: 2.5;
    stroke-dasharray: 9 7;
  }
  .fine .guide {
    stroke-dasharray: none;
    stroke-width: 4;
    stroke: #71e0a4;
  }
  .ghost {
    fill: #ffffff2e;
  }
  .edge {
    fill: #ffffffb3;
  }
  .shade {
    fill: #0b0d1299;
  }
  .outline {
    fill: none;
    stroke: #ffd43d;
    stroke-width: 2.5;
  }
  .fine .outline {
    fill: #71e0a426;
    stroke: #71e0a4;
    stroke-width: 4;
  }
  .corner {
    fill: #ffd43d;
  }
  .fine .corner {
    fill: #71e0a4;
  }
  .advice {
    margin: 0;
    font-weight: 700;
    line-height: 1.35;
    text-align: center;
    text-wrap: balance;
  }
  .advice.waiting,
  .countdown {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
  }
  .advice.fine::before {
    content: '✓ ';
    color: #71e0a4;
  }
  .countdown {
    margin: 0;
    font-size: 5em;
    font-weight: 700;
    text-shadow: 0 0 0.15em #000;
  }
  .gauge {
    display: block;
    inline-size: min(18em, 84%);
    margin: 0.5em auto;
  }
  .track {
    fill: #8c8c8c;
  }
  .band {
    fill: #2caa6c;
  }
  .limits {
    stroke: #fff;
    stroke-width: 1.5;
  }
  .knob {
    fill: #fff;
    stroke: #000;
  }
  .tick {
    fill: none;
    stroke: #197a4b;
    stroke-width: 2.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .tools {
    position: absolute;
    inset-inline-end: 0.5em;
    inset-block-end: 0.5em;
    display: grid;
    gap: 0.5em;
  }
  .measuring .tools {
    inset-block-end: 3.5em;
  }
  .tool {
    display: grid;
    place-items: center;
    inline-size: 2.75em;
    block-size: 2.75em;
    padding: 0;
    border: 1px solid #fff;
    border-radius: 50%;
    background: #000000b3;
    color: #fff;
    font: inherit;
    cursor: pointer;
  }
  .tool[aria-pressed='true'] {
    background: #fff;
    color: #000;
  }
  .hint {
    margin-block: 0.8571em 0;
    font-size: var(--_small);
  }

  .examples {
    display: grid;
    grid-template-columns: repeat(4, 1fr);
    gap: 0.5714em;
    margin: 0.8571em 0;
    padding: 0;
    list-style: none;
    font-size: var(--_small);
    line-height: 1.3;
  }
  .examples svg:not(.icon) {
    display: block;
    inline-size: 100%;
    margin-block-end: 0.25em;
    border-radius: 0.375em;
    background: #4a3b2f;
    forced-color-adjust: none;
  }
  .examples .icon {
    inline-size: 1.1429em;
    block-size: 1.1429em;
    margin-inline-end: 0.125em;
    stroke-width: 3;
    vertical-align: -0.125em;
  }
  .examples .good .icon {
    color: var(--_success);
  }
  .examples .poor .icon {
    color: var(--_error);
  }
  @media (max-width: 22em) {
    .examples {
      grid-template-columns: repeat(2, 1fr);
    }
  }

  .stations {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.25em;
    margin: 0 0 0.5em -0.375em;
    padding: 0;
    list-style: none;
  }
  .station {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: 2.5714em;
    block-size: 3.1429em;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_quiet);
    font: inherit;
    font-size: var(--_small);
    line-height: 1;
  }
  .station::before {
    content: '';
    position: absolute;
    inset: 0.5em 0.25em;
    border: 1.5px solid var(--_edge);
    border-radius: 50%;
  }
  .station.here {
    color: var(--_on-key);
    font-weight: 700;
  }
  .station.here::before {
    z-index: -1;
    border-color: var(--_key);
    border-width: 3px; /* what is left of it in forced colours */
    background: var(--_key);
  }
  .stations li {
    isolation: isolate;
  }
  .station.accepted:not(.here) {
    color: var(--_success);
  }
  .station.accepted:not(.here)::before {
    border-color: var(--_success);
  }
  button.station {
    cursor: pointer;
  }

  .picture canvas {
    max-inline-size: 100%;
    max-block-size: 50svh;
  }
  .warning {
    display: flex;
    align-items: center;
    gap: 0.375em;
    margin-block: 0 0.5em;
    color: var(--_error);
    font-weight: 700;
  }
  .findings {
    display: flex;
    flex-wrap: wrap;
    gap: 0.2857em 1.1429em;
    margin: 0.8571em 0 0;
    padding: 0;
    list-style: none;
    font-size: var(--_small);
  }
  .findings li {
    display: flex;
    align-items: center;
    gap: 0.25em;
  }
  :is(.station, .findings) .icon {
    inline-size: 1.2857em;
    block-size: 1.2857em;
    stroke-width: 2.6;
  }
  .findings .good .icon {
    color: var(--_success);
  }
  .findings .poor .icon,
  .findings .poor b {
    color: var(--_error);
  }

  .one,
  .shots button {
    display: flex;
    align-items: center;
    gap: 0.875em;
  }
  .shots {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 12em), 1fr));
    gap: 0.5em;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .shots button {
    inline-size: 100%;
    min-block-size: 3.5em;
    padding: 0.5em;
    border: 1px solid var(--_line);
    border-radius: 0.625em;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  .shots button:hover {
    border-color: var(--_key);
  }
  .shots b,
  .shots small {
    display: block;
  }
  :is(.shots, .one) :is(canvas, .placeholder) {
    flex: none;
    inline-size: 4.5em;
    block-size: 3.375em;
    border-radius: 0.375em;
    background: #0b0d12;
    object-fit: contain;
  }
  :is(.shots, .one) .placeholder {
    display: grid;
    place-items: center;
    background: var(--_field);
    color: var(--_success);
  }

  /* A phone held sideways: the picture on one side, all else on the other. */
  @media (orientation: landscape) and (max-height: 30em) {
    .pictured {
      max-inline-size: 58em;
      min-block-size: 0;
    }
    .pictured :is(.rail, .banner) {
      display: none;
    }
    .pictured .panel {
      display: grid;
      grid-template: auto auto auto 1fr / minmax(0, 1fr) 15em;
      gap: 0 1.25em;
      padding-block: 0.75em;
    }
    .pictured .panel .body {
      grid-area: 1 / 1 / -1 / 2;
      margin-block: 0;
    }
    .pictured .panel > :not(.body) {
      grid-column: 2;
    }
    .pictured .panel .actions {
      margin-block-start: 0.5em;
    }
    .viewfinder {
      grid-template-columns: 1fr auto;
      align-items: center;
    }
    .viewfinder > :last-child {
      grid-area: 1 / 2;
    }
    .gauge {
      inline-size: 8em;
      margin: 0 0.75em 0 0;
    }
    .sight {
      grid-area: 2 / 1 / auto / -1;
      min-inline-size: 0;
    }
    .above {
      min-block-size: 2.25em;
    }
  }
`;
