import { aTimeout, expect, waitUntil } from '@open-wc/testing';
import { handoffAnswer, handoffHost, statusWith } from '../../../../test/tools/handoff-scenes.ts';
import { sessionView } from '../../../../test/tools/stage.ts';
import { toBase64url } from '../../../wire/bytes.ts';
import type { HandoffAnswer, SessionView } from '../../../wire/contract.ts';
import { IdVerifyError } from '../../../wire/error.ts';
import type { MethodHost } from '../../method.ts';
import { startHandoff } from './run.ts';

const ended: AbortController[] = [];
afterEach(() => {
  for (const controller of ended.splice(0)) controller.abort();
});

/** A run and what it asked of its host; each handoff it starts has the next id. */
function setUp(change: Partial<MethodHost> = {}, answer: Partial<HandoffAnswer> = {}) {
  const controller = new AbortController();
  ended.push(controller);
  const asked: unknown[][] = [];
  let count = 0;
  const host = handoffHost(
    { signal: controller.signal, ...change },
    async () => handoffAnswer({ id: `h${++count}`, now: Date.now(), ...answer }),
    asked,
  );
  const run = startHandoff(host);
  const tell = (...status: Parameters<typeof statusWith>) => run.status?.(statusWith(...status));
  const of = (intent: string) =>
    asked.filter(([one]) => one === intent).map(([, detail]) => detail);
  const failures = () =>
    of('fail').map((error) => (error instanceof IdVerifyError ? error.code : error));
  return { asked, controller, of, failures, tell, run };
}

/** With its first handoff started. */
async function waiting(...settings: Parameters<typeof setUp>) {
  const set = setUp(...settings);
  set.tell(undefined);
  await waitUntil(() => set.of('keep').length === 1);
  set.tell({ phase: 'waiting' });
  return set;
}

const DIGESTS = {
  transactionDigest: toBase64url(new Uint8Array(32).fill(1)),
  statementHash: toBase64url(new Uint8Array(32).fill(2)),
};

describe('a handoff under way', () => {
  it('joins the statement to its evidence as soon as it is there, whatever was skipped', async () => {
    const { tell, of } = await waiting();
    tell({ phase: 'completing', ...DIGESTS });
    expect(of('submit')).to.deep.equal([
      {
        handoff: 'h1',
        rung: 'jpki',
        transactionDigest: new Uint8Array(32).fill(1),
        statementHash: new Uint8Array(32).fill(2),
      },
    ]);
  });

  it('takes nothing for complete that does not say what is signed', async () => {
    const { tell, of, failures } = await waiting();
    tell({ phase: 'completing' });
    expect(of('submit')).to.have.length(0);
    expect(failures()).to.deep.equal(['blocked/schema']);
  });

  it('ends with the server’s reason, and with its category for one it does not know', async () => {
    for (const [code, expected] of [
      ['unavailable/pin_locked', 'unavailable/pin_locked'],
      ['nonsense/of_tomorrow', 'incomplete'],
    ] as const) {
      const { tell, failures } = await waiting();
      tell({ phase: 'failed', code });
      expect(failures()).to.deep.equal([expected]);
    }
  });

  it('ends without the session, whatever the code says', async () => {
    const { tell, of, asked } = await waiting();
    tell({ phase: 'failed', code: 'session/callback_expired' });
    expect(of('fail')).to.have.length(1);
    expect(asked.at(-1)?.[2]).to.equal(false);
  });

  it('is replaced by one that another page started', async () => {
    const { tell, failures } = await waiting();
    tell({ id: 'other' });
    expect(failures()).to.deep.equal(['incomplete/replaced']);
  });

  it('is not replaced by what the session had before, nor by its own renewal', async () => {
    const set = setUp();
    set.tell({ id: 'former', phase: 'failed', code: 'incomplete/declined' });
    await waitUntil(() => set.of('keep').length === 1);
    set.tell({ id: 'former', phase: 'failed', code: 'incomplete/declined' });
    set.tell({ id: 'h1' });
    expect(set.failures()).to.deep.equal([]);
  });

  it('asks for nothing twice while an answer is under way, and waits for it five seconds', async () => {
    const set = setUp();
    set.tell(undefined);
    set.tell(undefined);
    await waitUntil(() => set.of('keep').length === 1);
    await aTimeout(0);
    expect(set.asked.filter(([one]) => one === 'ask')).to.deep.equal([['ask', 5_000]]);
  });

  it('asks the server once when the time is over, and ends only by its word', async () => {
    const now = Date.now();
    const set = await waiting({}, { expiresAt: now + 1_000 });
    set.tell({ expiresAt: now + 1_000 });
    await waitUntil(() => set.asked.some(([one]) => one === 'status'), '', { timeout: 4_000 });
    await aTimeout(1_200);
    expect(set.asked.filter(([one]) => one === 'status')).to.have.length(1);
    expect(set.failures()).to.deep.equal([]);
    expect(set.of('announce')).to.have.length(1);
  });
});

describe('after a reload', () => {
  const kept = (change: Partial<HandoffAnswer> = {}) => handoffAnswer({ id: 'h9', ...change });

  it('goes on with the code it had', () => {
    const { tell, asked } = setUp({ kept: kept() });
    tell({ id: 'h9' });
    tell({ id: 'h9', phase: 'completing', ...DIGESTS });
    expect(asked.map(([one]) => one)).to.deep.equal(['submit']);
  });

  it('goes on without it where the phone is at work already', () => {
    const { tell, of } = setUp();
    tell({ id: 'h9', phase: 'in_app' });
    tell({ id: 'h9', phase: 'completing', ...DIGESTS });
    expect(of('submit')).to.have.length(1);
  });

  for (const [name, status] of [
    ['has no handoff', undefined],
    ['waits with a code that is lost', { id: 'h8' }],
    ['has one that ended', { id: 'h8', phase: 'expired', code: 'incomplete/timed_out' }],
    ['has one of another rung', { id: 'h8', rung: 'ic-chip' }],
  ] as const) {
    it(`starts anew where the session ${name}`, async () => {
      const { tell, of } = setUp({ kept: { not: 'ours' } });
      tell(status);
      await waitUntil(() => of('keep').length === 1);
    });
  }
});

describe('links', () => {
  const production: SessionView = { ...sessionView, environment: 'production' };
  const test: SessionView = { ...sessionView, environment: 'test' };
  const links = (here: string) => ({ links: { qr: 'https://v.example/q', here } });

  it('outside https are never shown, but of this machine', async () => {
    for (const [here, session, shown] of [
      ['https://v.example/h', production, true],
      ['http://localhost:8080/h', production, true],
      ['http://192.168.1.20:8080/h', test, true],
      ['http://192.168.1.20:8080/h', production, false],
      ['http://v.example/h', test, false],
      ['javascript:alert(1)', test, false],
      ['data:text/html,x', test, false],
    ] as const) {
      const set = setUp({ session }, links(here));
      set.tell(undefined);
      await waitUntil(() => set.of('keep').length + set.of('fail').length === 1);
      expect(set.failures(), here).to.deep.equal(shown ? [] : ['blocked/link']);
    }
  });

  it('of a rotating code likewise', async () => {
    const { tell, failures } = await waiting({ session: production }, { rotating: true });
    tell({ payload: 'https://v.example/q?t=1' });
    expect(failures()).to.deep.equal([]);
    tell({ payload: 'intent://scan/#Intent;scheme=x;end' });
    expect(failures()).to.deep.equal(['blocked/link']);
  });
});
