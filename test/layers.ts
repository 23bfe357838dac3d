/** The parts of `npm test`, cheap before expensive: what each is, and how long it takes. */
import { globSync } from 'node:fs';
import { COMPONENT_TESTS, END_TO_END_TESTS, NODE_TESTS } from './files.ts';
import { summary, type Tally } from './tally.ts';

export interface Layer {
  readonly name: string;
  readonly what: string;
  /** About so long on two quiet cores. */
  readonly seconds: number;
  /** How long its part of `npm run test:quick` takes; absent where it has none. */
  readonly quick?: number;
}

export const LAYERS = {
  units: { name: 'units', what: 'src on Node', seconds: 40, quick: 40 },
  build: { name: 'build', what: 'the one tag and the package', seconds: 20 },
  modules: { name: 'modules', what: 'across modules, on Node', seconds: 110 },
  components: { name: 'components', what: 'the element in browsers', seconds: 120, quick: 45 },
  whole: { name: 'end to end', what: 'built script and package, real browsers', seconds: 420 },
} as const satisfies Record<string, Layer>;

export type LayerName = keyof typeof LAYERS;

const inSource = (file: string) => file.startsWith('src');

/** The files of the layers that run on Node. Each Node test is in exactly one of them. */
export function nodeFiles(): { units: string[]; modules: string[]; whole: string[] } {
  const whole = globSync(END_TO_END_TESTS);
  const others = globSync(NODE_TESTS).filter((file) => !whole.includes(file));
  return {
    units: others.filter(inSource),
    modules: others.filter((file) => !inSource(file)),
    whole,
  };
}

export const componentFiles = (): string[] => globSync(COMPONENT_TESTS);

/** What a run took, one row a layer. */
export interface Row {
  readonly layer: string;
  readonly tally: Tally;
  readonly seconds: number;
}

export function table(rows: readonly Row[]): string {
  const lines = rows.map(({ layer, tally, seconds }) => {
    const again = tally.again > 0 ? `, ${tally.again} in a second run` : '';
    return [layer.padEnd(12), `${seconds} s`.padStart(6), ' ', `${summary(tally)}${again}`].join(
      ' ',
    );
  });
  return lines.join('\n');
}

/** What a run is about to do. */
export function announcement(isQuick: boolean): string {
  const layers: readonly Layer[] = Object.values(LAYERS);
  const parts = layers.flatMap(({ name, what, seconds, quick }) => {
    const time = isQuick ? quick : seconds;
    return time === undefined ? [] : [{ name, what, time }];
  });
  const total = parts.reduce((sum, { time }) => sum + time, 0);
  return [
    ...parts.map(({ name, what, time }) => `  ${name.padEnd(12)}${what}, about ${time} s`),
    `About ${total < 120 ? `${total} seconds` : `${Math.ceil(total / 60)} minutes`} on two quiet cores.`,
  ].join('\n');
}
