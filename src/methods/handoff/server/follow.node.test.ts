import assert from 'node:assert/strict';
import { it } from 'node:test';
import { handoffOptions, testProvider } from '../../../../test/handoff/phone.ts';
import { exchangeOf, recordOf } from '../../../../test/handoff/record.ts';
import { deploymentOf } from '../../../../test/verifier/core.ts';
import { identity } from '../../../../test/verifier/harness.ts';
import { type CallbackSessions, Noted } from '../../callbacks.ts';
import { checkHandoff } from './config.ts';
import { type HandoffRecord, readRecord } from './exchange.ts';
import { followers, withdraw } from './follow.ts';
import type { HandoffProvider } from './provider.ts';

const pending = { url: 'https://operator.test/go', data: { n: 1 } };

/** A handoff at 1 s whose operator says so; `settled` once nobody follows it any more. */
function followed(record: Partial<HandoffRecord>, told: Partial<HandoffProvider>) {
  const provider = { ...testProvider(), ...told };
  const handoff = checkHandoff(
    deploymentOf({}, { now: () => 1_000 }),
    handoffOptions({ providers: [provider] }),
  );
  let exchange = exchangeOf(recordOf({ provider: provider.id, ...record }));
  let writes = 0;
  const over = Promise.withResolvers<void>();
  const session = {
    id: 's1',
    subject: 'member-1',
    origin: 'http://localhost:8080',
    audience: 'a',
    openedAt: 0,
    expiresAt: 600_000,
  };
  const sessions: CallbackSessions = {
    find: async () => ({ session, profile: identity, exchanges: [exchange] }),
    update: async (_session, _exchange, change) => {
      const said = change(exchange);
      exchange = { ...exchange, data: said instanceof Noted ? said.data : said };
      writes++;
      over.resolve();
      return exchange;
    },
  };
  const made = followers(handoff);
  return {
    handoff,
    attend: () => made.attend('s1', [exchange], sessions),
    abandon: () => made.abandon([exchange]),
    over: over.promise,
    now: () => readRecord(exchange),
    writes: () => writes,
  };
}

it('what an operator says moves the handoff on', async () => {
  const app = followed({ pending }, { status: async () => ({ phase: 'in_app' }) });
  app.attend();
  await app.over;
  assert.equal(app.now().phase, 'in_app');
  const end = followed({ pending }, { status: async () => ({ code: 'incomplete/declined' }) });
  end.attend();
  await end.over;
  assert.deepEqual([end.now().phase, end.now().pending], ['declined', undefined]);
});

it('an operator that is silent is told as such', async () => {
  const silent = followed({ pending }, { status: () => Promise.reject(new Error('no')) });
  silent.attend();
  await silent.over;
  assert.deepEqual([silent.now().phase, silent.now().notice], ['waiting', 'unavailable/provider']);
});

it('nobody is asked before the operator has it, after its end, or twice at once', async () => {
  let asked = 0;
  const status = async () => {
    asked++;
    return undefined;
  };
  followed({}, { status }).attend();
  followed({ pending, phase: 'declined' }, { status }).attend();
  await new Promise(setImmediate);
  assert.equal(asked, 0);
  const once = followed({ pending }, { status });
  once.attend();
  once.attend();
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual([asked, once.writes()], [1, 0]);
});

it('one whose time is over is written down as such', async () => {
  const late = followed({ pending, expiresAt: 1_000 }, {});
  late.attend();
  await late.over;
  assert.equal(late.now().phase, 'expired');
});

it('who came back and was left alone is fetched for', async () => {
  const callback = async () => ({ outcome: 'ended', code: 'incomplete/declined' }) as const;
  const at = { startedAt: 0, returned: { at: 0, query: '?code=1' } };
  const stranded = followed({ pending, ...at }, { callback, status: async () => undefined });
  const { handoff } = stranded;
  Object.assign(handoff, { now: () => 9_000 });
  stranded.attend();
  await stranded.over;
  assert.equal(stranded.now().returned?.at, 9_000);
});

it('an operator is told that nobody waits, of what it has', async () => {
  const told: unknown[] = [];
  const cancel = async (data: unknown) => {
    told.push(data);
  };
  followed({ pending }, { cancel }).abandon();
  followed({}, { cancel }).abandon();
  followed({ pending, phase: 'declined' }, { cancel }).abandon();
  const { handoff, now } = followed({}, { cancel });
  withdraw(handoff, now());
  await new Promise(setImmediate);
  assert.deepEqual(told, [pending.data]);
});
