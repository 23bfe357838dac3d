import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SessionStatus } from '../wire/status.ts';
import { watch } from './status.ts';

const quiet = () => undefined;
const status = (version: number, payload?: string): SessionStatus => ({
  state: 'awaiting',
  version,
  now: 0,
  expiresAt: 1,
  attemptsLeft: 5,
  seq: 0,
  prev: 'A'.repeat(43),
  ...(payload && {
    handoff: { id: 'h', rung: 'jpki', phase: 'waiting', expiresAt: 1, payload },
  }),
});

describe('watch', () => {
  it('passes each new link of a rotating code on, and nothing old', async () => {
    const told = [status(2, 'a'), status(2, 'b'), status(1, 'c'), status(3), status(3)];
    const last = { ...status(4), state: 'done' as const };
    const frames = [...told, last].map(
      (each) => `event: status\ndata: ${JSON.stringify(each)}\n\n`,
    );
    const client = {
      status: () => Promise.reject(new Error('not asked')),
      events: async () =>
        new Response(frames.join(''), { headers: { 'content-type': 'text/event-stream' } }),
    };
    const nowhere = { addEventListener: () => undefined };
    const page = {
      document: { ...nowhere, visibilityState: 'visible' as const },
      window: nowhere,
    };
    const seen: (string | number | undefined)[] = [];
    for await (const each of watch(client, new AbortController().signal, quiet, page)) {
      seen.push(each.handoff?.payload ?? each.version);
    }
    assert.deepEqual(seen, ['a', 'b', 3, 4]);
  });
});
