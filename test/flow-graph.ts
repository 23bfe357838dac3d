/**
 * Walks the whole flow table: every state, method and failure that can be reached, by every event.
 * `node test/flow-graph.ts` prints the graph that CONTRIBUTING shows.
 */
import { type Flow, type FlowEvent, next } from '../src/session/flow.ts';
import { METHODS } from '../src/wire/contract.ts';
import { CATEGORIES, type Code, IdVerifyError } from '../src/wire/error.ts';

/** One code of each category, and those that decide how it goes on. */
export const FAILURES: readonly Code[] = [
  ...CATEGORIES,
  'unavailable/network',
  'unavailable/timeout',
  'unavailable/busy',
  'unavailable/pin_locked',
  'session/expired',
];

/** What the person can ask for; the rest is the server's or the browser's to tell. */
export const INTENTS = ['begin', 'back', 'approve', 'confirm', 'retry', 'other', 'cancel'] as const;

const EVENTS: readonly FlowEvent[] = [
  ...(['open', 'submit', 'hide', 'expire', 'restart', ...INTENTS] as const).map((type) => ({
    type,
  })),
  { type: 'opened', offered: METHODS, usable: true },
  ...METHODS.flatMap((method): FlowEvent[] => [
    { type: 'opened', offered: [method], usable: true },
    { type: 'opened', offered: [method], usable: false },
    { type: 'resume', method },
    { type: 'choose', method },
    { type: 'read', method, review: { method, hideAt: 0, items: [] } },
    { type: 'wait', method },
    { type: 'finish', method },
  ]),
  ...FAILURES.flatMap((code) =>
    [true, false].map(
      (ended): FlowEvent => ({ type: 'fail', error: new IdVerifyError(code, 'walked'), ended }),
    ),
  ),
];

interface Step {
  readonly from: Flow;
  readonly event: FlowEvent;
  readonly to: Flow;
}

const keyOf = (flow: Flow): string =>
  JSON.stringify(flow, (key, value) => (key === 'error' ? value.code : value));

/** Every step from `idle` on, each flow entered once. */
export function walk(): { readonly flows: readonly Flow[]; readonly steps: readonly Step[] } {
  const idle: Flow = { state: 'idle' };
  const flows = new Map<string, Flow>([[keyOf(idle), idle]]);
  const steps: Step[] = [];
  for (const from of flows.values()) {
    for (const event of EVENTS) {
      const to = next(from, event);
      if (to === from) continue;
      steps.push({ from, event, to });
      if (!flows.has(keyOf(to))) flows.set(keyOf(to), to);
    }
  }
  return { flows: [...flows.values()], steps };
}

/** How every live state can end, and what the server may tell at any time: said once, in words. */
const EVERYWHERE: readonly FlowEvent['type'][] = [
  'fail',
  'cancel',
  'expire',
  'read',
  'wait',
  'finish',
];

/** The graph in Mermaid's words: what leads from state to state. */
export function mermaid(): string {
  const arrows = new Map<string, Set<string>>();
  for (const { from, event, to } of walk().steps) {
    if (EVERYWHERE.includes(event.type)) continue;
    const arrow = `${from.state} --> ${to.state}`;
    arrows.set(arrow, (arrows.get(arrow) ?? new Set()).add(event.type));
  }
  const lines = [...arrows].map(([arrow, events]) => `  ${arrow}: ${[...events].join(', ')}`);
  return ['```mermaid', 'stateDiagram-v2', ...lines.sort(), '```'].join('\n');
}

if (import.meta.main) console.log(mermaid());
