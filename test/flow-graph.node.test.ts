import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { applies, type FlowEvent } from '../src/session/flow.ts';
import { METHODS } from '../src/wire/contract.ts';
import { FAILURES, INTENTS, mermaid, walk } from './flow-graph.ts';

const { flows } = walk();

test('the walk meets every state, and every failure with every method', () => {
  const states = new Set(flows.map(({ state }) => state));
  assert.equal(states.size, 14);
  for (const method of METHODS) {
    const failed = flows.flatMap((flow) =>
      flow.state === 'failed' && flow.method === method ? [flow.error.code] : [],
    );
    assert.deepEqual(new Set(failed), new Set(FAILURES));
  }
});

test('wherever it stands, the person can go on, start again or leave', () => {
  const asked: readonly FlowEvent[] = [
    { type: 'open' },
    { type: 'restart' },
    ...INTENTS.map((type) => ({ type })),
    ...METHODS.map((method) => ({ type: 'choose', method }) as const),
  ];
  const stuck = flows.filter((flow) => !asked.some((event) => applies(flow, event)));
  assert.deepEqual(stuck, []);
});

test('the graph in CONTRIBUTING is the one of the table', () => {
  assert.ok(readFileSync('CONTRIBUTING.md', 'utf8').includes(mermaid()), mermaid());
});
