/** The parts of `npm test`, cheap before expensive: what each is, and how long it takes. */
import { globSync } from 'node:fs';
import { COMPONENT_TESTS, END_TO_END_TESTS, NODE_TESTS } from './files.ts';
import { summary, type Tally } from './tally.ts';

export interface Layer {
  readonly name: string;
  readonly what: string;
  /** About so long on two quiet cores. */
  readonly seconds: number;
  /** Whether `npm run test:quick` runs it too. */
  readonly quick: boolean;
}

export const LAYERS = {
  units: { name: 'units', what: 'src on Node', seconds: 40, quick: true },
  build: { name: 'build', what: 'the one tag and the package', seconds: 20, quick: false },
  modules: { name: 'modules', what: 'across modules, on Node', seconds: 150, quick: false },
  components: { name: 'components', what: 'the element in browsers', seconds: 120, quick: true },
  whole: { name: 'end to end', what: 'built script, real browsers', seconds: 300, quick: false },
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
export function announcement(layers: readonly Layer[]): string {
  const total = layers.reduce((sum, { seconds }) => sum + seconds, 0);
  return [
    ...layers.map(({ name, what, seconds }) => `  ${name.padEnd(12)}${what}, about ${seconds} s`),
    `About ${Math.ceil(total / 60)} minutes on two quiet cores.`,
  ].join('\n');
}
