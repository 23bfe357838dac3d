/**
 * Where the person is among the shots, as one readable table: which screen follows which event.
 * Pure: no DOM, no camera, no clock. Going back never takes anything away that was accepted.
 */
import type { Retake } from '../../../wire/contract.ts';
import type { Gesture, PhotoAnswer, PhotoStep } from '../../../wire/photo.ts';

/** One shot to be taken. */
export interface Station {
  /** Stays the same when another gesture takes the place of the one asked. */
  readonly key: string;
  readonly step: PhotoStep | 'gesture';
  readonly gesture?: Gesture;
  readonly insteadOf?: Gesture;
}

export type Screen =
  | { readonly at: 'documents' }
  /** The camera is open. */
  | { readonly at: 'shoot'; readonly index: number }
  /** A shot was taken and is being looked at. */
  | { readonly at: 'look'; readonly index: number }
  /** One that was accepted before is being looked at. */
  | { readonly at: 'kept'; readonly index: number }
  | { readonly at: 'summary' };

export type Mark = 'accepted' | 'skipped';

export interface Stepper {
  readonly challenge: Pick<PhotoAnswer, 'documents' | 'gestures' | 'spares'>;
  readonly document?: string;
  readonly stations: readonly Station[];
  readonly marks: Readonly<Record<string, Mark | undefined>>;
  /** Shots taken for each station, accepted or not. */
  readonly attempts: Readonly<Record<string, number>>;
  /** Shots taken and not accepted. */
  readonly discarded: number;
  readonly screen: Screen;
}

export type StepperEvent =
  | { readonly type: 'choose'; readonly document: string }
  | { readonly type: 'taken' }
  | { readonly type: 'retake' }
  | { readonly type: 'accept' }
  /** Goes on with what was accepted before. */
  | { readonly type: 'keep' }
  | { readonly type: 'visit'; readonly index: number }
  /** This gesture is not possible for the person. */
  | { readonly type: 'cannot' }
  | { readonly type: 'back' };

type EventOf<T> = Extract<StepperEvent, { type: T }>;
type ScreenOf<A> = Extract<Screen, { at: A }>;
type Row<A> = {
  readonly [T in StepperEvent['type']]?: (
    state: Stepper,
    screen: ScreenOf<A>,
    event: EventOf<T>,
  ) => Stepper;
};

export const begin = (challenge: Stepper['challenge']): Stepper => ({
  challenge,
  stations: [],
  marks: {},
  attempts: {},
  discarded: 0,
  screen: { at: 'documents' },
});

/** A document's shots, then the gestures; empty for a document that is not asked. */
export function stationsOf(challenge: Stepper['challenge'], document: string): Station[] {
  const steps = challenge.documents.find(({ id }) => id === document)?.steps ?? [];
  if (steps.length === 0) return [];
  return [
    ...steps.map((step) => ({ key: step, step })),
    ...challenge.gestures.map((gesture, index) => ({
      key: `gesture-${index}`,
      step: 'gesture' as const,
      gesture,
    })),
  ];
}

const at = (state: Stepper, screen: Screen): Stepper => ({ ...state, screen });

/** The first open station behind `index`, else the first open one, else the summary. */
export function goOn(state: Stepper, index = -1): Stepper {
  const open = (station: Station) => !state.marks[station.key];
  const later = state.stations.findIndex((station, place) => place > index && open(station));
  const next = later >= 0 ? later : state.stations.findIndex(open);
  return at(state, next >= 0 ? { at: 'shoot', index: next } : { at: 'summary' });
}

/** Gestures count in the order asked: one left out cannot be made up for behind a later one. */
function isClosed({ stations, marks }: Stepper, index: number): boolean {
  if (marks[stations[index]?.key ?? ''] !== 'skipped') return false;
  return stations.slice(index + 1).some(({ key }) => marks[key] === 'accepted');
}

function visit(state: Stepper, index: number): Stepper {
  const station = state.stations[index];
  if (!station || isClosed(state, index)) return state;
  const kept = state.marks[station.key] === 'accepted';
  return at(state, { at: kept ? 'kept' : 'shoot', index });
}

function before(state: Stepper, index: number): Stepper {
  let previous = index - 1;
  while (isClosed(state, previous)) previous--;
  return previous < 0 ? at(state, { at: 'documents' }) : visit(state, previous);
}

function choose(state: Stepper, document: string): Stepper {
  if (document === state.document) return goOn(state);
  const stations = stationsOf(state.challenge, document);
  if (stations.length === 0) return state;
  const { challenge, discarded } = state;
  return goOn({ ...begin(challenge), discarded, document, stations });
}

function mark(state: Stepper, index: number, value: Mark): Stepper {
  const key = state.stations[index]?.key;
  return key ? { ...state, marks: { ...state.marks, [key]: value } } : state;
}

function cannot(state: Stepper, index: number): Stepper {
  const station = state.stations[index];
  if (!station?.gesture) return state;
  const taken = state.stations.map(({ gesture }) => gesture);
  const spare = state.challenge.spares.find((gesture) => !taken.includes(gesture));
  const insteadOf = station.insteadOf ?? station.gesture;
  if (!spare) return goOn(mark(state, index, 'skipped'), index);
  const stations = state.stations.with(index, { ...station, gesture: spare, insteadOf });
  return { ...state, stations };
}

const table: { readonly [A in Screen['at']]: Row<A> } = {
  documents: {
    choose: (state, _, { document }) => choose(state, document),
    visit: (state, _, { index }) => visit(state, index),
  },
  shoot: {
    taken: (state, { index }) => {
      const key = state.stations[index]?.key ?? '';
      const attempts = { ...state.attempts, [key]: (state.attempts[key] ?? 0) + 1 };
      return at({ ...state, attempts }, { at: 'look', index });
    },
    cannot: (state, { index }) => cannot(state, index),
    back: (state, { index }) => before(state, index),
    visit: (state, _, { index }) => visit(state, index),
    keep: (state, { index }) => goOn(state, index),
  },
  look: {
    retake: (state, { index }) =>
      at({ ...state, discarded: state.discarded + 1 }, { at: 'shoot', index }),
    accept: (state, { index }) => goOn(mark(state, index, 'accepted'), index),
    back: (state, { index }) =>
      at({ ...state, discarded: state.discarded + 1 }, { at: 'shoot', index }),
  },
  kept: {
    keep: (state, { index }) => goOn(state, index),
    retake: (state, { index }) => at(state, { at: 'shoot', index }),
    back: (state, { index }) => before(state, index),
    visit: (state, _, { index }) => visit(state, index),
  },
  summary: {
    visit: (state, _, { index }) => visit(state, index),
    back: (state) => before(state, state.stations.length),
  },
};

/** The state after an event; the very same object where the event does not apply. */
export function step(state: Stepper, event: StepperEvent): Stepper {
  const cell = table[state.screen.at][event.type] as
    | ((state: Stepper, screen: Screen, event: StepperEvent) => Stepper)
    | undefined;
  return cell ? cell(state, state.screen, event) : state;
}

/** Whether it is the station that a reviewer asks for again. */
export const isAskedBy = (
  { step, gesture: wanted }: Pick<Retake, 'step' | 'gesture'>,
  { step: own, gesture, insteadOf }: Station,
): boolean => step === own && (insteadOf ?? gesture) === wanted;

/** The station on the screen; undefined on a screen that is not about one. */
export function stationAt({ stations, screen }: Stepper): Station | undefined {
  return 'index' in screen ? stations[screen.index] : undefined;
}

/** Gestures that were asked and neither done nor replaced. */
export const skippedGestures = ({ stations, marks }: Stepper): Gesture[] =>
  stations.flatMap(({ key, gesture, insteadOf }) => {
    const asked = insteadOf ?? gesture;
    return asked && marks[key] === 'skipped' ? [asked] : [];
  });
