/** Black boxes over the shot, to be moved and sized by finger, mouse or keys. */
import { css, html, svg, type TemplateResult } from 'lit';
import type { PanelView } from '../../../../ui/view.ts';
import type { Mask } from '../../documents.ts';
import type { MaskBox } from '../masks-needed.ts';
import { fitBox } from './boxes.ts';
import { maskMessages } from './messages.ts';

export { paintMasks } from './boxes.ts';

export const maskStyles = css`
  .masked canvas {
    inline-size: 100%;
    max-block-size: none;
  }
  .masked svg {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
  }
  .mask {
    cursor: move;
    touch-action: none;
  }
  .mask rect {
    fill: #000;
    stroke: #fff;
    stroke-width: 2;
    vector-effect: non-scaling-stroke;
  }
  .mask text {
    fill: #fff;
    text-anchor: middle;
    dominant-baseline: central;
    pointer-events: none;
  }
  .mask .grip {
    fill: #fff;
    stroke: #000;
    stroke-width: 2;
    vector-effect: non-scaling-stroke;
    cursor: nwse-resize;
  }
  .mask:focus {
    outline: none;
  }
  .mask:focus-visible rect {
    stroke: #ffd43d;
    stroke-width: 5;
  }
`;

/** Share of the picture an arrow key moves a box by. */
const NUDGE = 0.01;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-NUDGE, 0],
  ArrowRight: [NUDGE, 0],
  ArrowUp: [0, -NUDGE],
  ArrowDown: [0, NUDGE],
};

/** Where the boxes are, and where to say that one was moved. */
interface MaskModel {
  readonly masks: readonly MaskBox[];
  act(event: {
    readonly type: 'move-mask';
    readonly mask: Mask;
    readonly box: Omit<MaskBox, 'mask'>;
  }): void;
}

export function maskEditor(
  { masks, act }: MaskModel,
  canvas: HTMLCanvasElement,
  view: PanelView,
): TemplateResult {
  const { masks: words } = view.words('photo', maskMessages[view.lang]);
  const move = (mask: Mask, box: Omit<MaskBox, 'mask'>) => act({ type: 'move-mask', mask, box });
  const { width, height } = canvas;
  canvas.removeAttribute('role');
  canvas.setAttribute('aria-hidden', 'true');
  return html`
    <p>${words.text}</p>
    <div class="picture masked">
      ${canvas}
      <svg viewBox="0 0 ${width} ${height}">
        ${masks.map((box) => one(box, width, height, words.names[box.mask], words.box(words.names[box.mask]), move))}
      </svg>
    </div>
    <p class="quiet">${words.keys}</p>
  `;
}

function one(
  box: MaskBox,
  width: number,
  height: number,
  name: string,
  label: string,
  move: (mask: Mask, box: Omit<MaskBox, 'mask'>) => void,
) {
  const [x, y] = [box.x * width, box.y * height];
  const [across, down] = [box.width * width, box.height * height];
  const grip = width * 0.045;
  const keys = (event: KeyboardEvent) => {
    const [right, below] = ARROWS[event.key] ?? [0, 0];
    if (right === 0 && below === 0) return;
    event.preventDefault();
    move(box.mask, event.shiftKey ? sized(box, right, below) : moved(box, right, below));
  };
  const drag = (change: typeof moved) => (event: PointerEvent) => {
    event.preventDefault();
    follow(event, (right, below) => move(box.mask, change(box, right, below)));
  };
  return svg`
    <g class="mask" tabindex="0" role="button" aria-label=${label} @keydown=${keys}>
      <rect x=${x} y=${y} width=${across} height=${down} @pointerdown=${drag(moved)} />
      <text x=${x + across / 2} y=${y + down / 2} font-size=${Math.min(down * 0.5, width * 0.03)}>${name}</text>
      <circle class="grip" cx=${x + across} cy=${y + down} r=${grip} @pointerdown=${drag(sized)} />
    </g>
  `;
}

const moved = (box: MaskBox, right: number, below: number): Omit<MaskBox, 'mask'> =>
  fitBox({ ...box, x: box.x + right, y: box.y + below });

const sized = (box: MaskBox, right: number, below: number): Omit<MaskBox, 'mask'> =>
  fitBox({ ...box, width: box.width + right, height: box.height + below });

/** Reports how far the pointer is from where it went down, in shares of the picture. */
function follow(start: PointerEvent, report: (right: number, below: number) => void): void {
  const target = start.currentTarget as SVGElement;
  const picture = target.closest('svg')?.getBoundingClientRect();
  if (!picture) return;
  const over = new AbortController();
  const { signal } = over;
  const { pointerId } = start;
  addEventListener(
    'pointermove',
    (event) => {
      if (event.pointerId !== pointerId) return;
      report(
        (event.clientX - start.clientX) / picture.width,
        (event.clientY - start.clientY) / picture.height,
      );
    },
    { signal },
  );
  for (const type of ['pointerup', 'pointercancel'] as const) {
    addEventListener(type, (event) => event.pointerId === pointerId && over.abort(), { signal });
  }
}
