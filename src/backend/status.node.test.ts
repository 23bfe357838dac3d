import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { IdVerifyError } from '../wire/error.ts';
import type { SessionState, SessionStatus } from '../wire/status.ts';
import { Unanswered } from './call.ts';
import type { PageSignals } from './page-visibility.ts';
import { watch } from './status.ts';

const status = (version: number, state: SessionState = 'pending'): SessionStatus => ({
  state,
  version,
  now: 0,
  expiresAt: 1_000_000,
  attemptsLeft: 5,
  seq: 0,
  prev: 'A'.repeat(43),
});

class Page extends EventTarget implements PageSignals {
  visibilityState: DocumentVisibilityState = 'visible';
  readonly document = this;
  readonly window = this as unknown as PageSignals['window'];

  turn(state: DocumentVisibilityState): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

const sse = (...statuses: SessionStatus[]): Response =>
  new Response(statuses.map((one) => `data: ${JSON.stringify(one)}\n\n`).join(''), {
    headers: { 'content-type': 'text/event-stream; charset=utf-8' },
  });

/** A stream that opens and then says what it is told to. */
function openStream(signal: AbortSignal) {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(started) {
      controller = started;
      signal.addEventListener('abort', () => started.error(signal.reason));
    },
  });
  return {
    response: new Response(body, { headers: { 'content-type': 'text/event-stream' } }),
    say: (one: SessionStatus) =>
      controller?.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(one)}\n\n`)),
  };
}

const never = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });

async function collect(statuses: AsyncIterable<SessionStatus>): Promise<number[]> {
  const versions: number[] = [];
  for await (const { version } of statuses) versions.push(version);
  return versions;
}

const quiet = () => undefined;
const live = () => new AbortController().signal;
const unasked = async (): Promise<SessionStatus> => assert.fail('polled beside a working stream');

describe('watching a session', { concurrency: true }, () => {
  it('reads the stream, newer ones only, and ends with the session', async () => {
    const client = {
      status: unasked,
      events: async () =>
        sse(status(1), status(1), status(3), status(2), status(4, 'done'), status(5)),
    };
    assert.deepEqual(await collect(watch(client, live(), quiet, new Page())), [1, 3, 4]);
  });

  it('opens the stream again where a proxy cuts it', async () => {
    const streams = [sse(status(1)), sse(status(1), status(2, 'failed'))];
    const client = { status: unasked, events: async () => streams.shift() ?? assert.fail() };
    assert.deepEqual(await collect(watch(client, live(), quiet, new Page())), [1, 2]);
  });

  it('polls within two seconds where a stream does not open', async () => {
    const started = performance.now();
    const client = {
      status: async () => status(7, 'done'),
      events: (signal: AbortSignal) => never(signal),
    };
    assert.deepEqual(await collect(watch(client, live(), quiet, new Page())), [7]);
    assert.ok(performance.now() - started < 4_000);
  });

  it('polls where a proxy opens the stream and lets nothing through', async () => {
    const client = {
      status: async () => status(7, 'done'),
      events: async (signal: AbortSignal) => openStream(signal).response,
    };
    assert.deepEqual(await collect(watch(client, live(), quiet, new Page())), [7]);
  });

  it('polls where the answer is no stream, until the session ends', async () => {
    const answers = [status(1), status(1), status(2, 'expired')];
    const client = {
      status: async () => answers.shift() ?? assert.fail('asked after the end'),
      events: async () => new Response('<p>', { headers: { 'content-type': 'text/html' } }),
    };
    assert.deepEqual(await collect(watch(client, live(), quiet, new Page())), [1, 2]);
    assert.equal(answers.length, 0);
  });

  it('asks nothing while hidden, and at once when seen again', async () => {
    const page = new Page();
    page.visibilityState = 'hidden';
    let opened = 0;
    const client = {
      status: unasked,
      events: async () => {
        opened++;
        return sse(status(1, 'done'));
      },
    };
    const watching = collect(watch(client, live(), quiet, page));
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(opened, 0);
    page.turn('visible');
    assert.deepEqual(await watching, [1]);
  });

  for (const sign of ['pageshow', 'online', 'offline', 'focus']) {
    it(`asks anew on ${sign}`, async () => {
      const page = new Page();
      let opened = 0;
      const client = {
        status: unasked,
        events: async (signal: AbortSignal) => {
          if (opened++ > 0) return sse(status(2, 'done'));
          const { response, say } = openStream(signal);
          say(status(1));
          return response;
        },
      };
      const watching = collect(watch(client, live(), quiet, page));
      await new Promise((resolve) => setTimeout(resolve, 50));
      page.dispatchEvent(new Event(sign));
      assert.deepEqual(await watching, [1, 2]);
    });
  }

  it('opens the stream again when the network, or the server, is back', async () => {
    const answers = [new TypeError('down'), new TypeError('down'), sse(status(3, 'done'))];
    const questions = [new TypeError('down'), status(2)];
    const client = {
      status: async () => {
        const answer = questions.shift();
        if (answer === undefined || answer instanceof Error) throw answer ?? assert.fail();
        return answer;
      },
      events: async () => {
        const answer = answers.shift();
        if (answer instanceof Response) return answer;
        throw answer;
      },
    };
    assert.deepEqual(await collect(watch(client, live(), quiet, new Page())), [2, 3]);
  });

  it('polls where every stream breaks before it says anything, and questions are answered', async () => {
    const answers = [status(1), status(2, 'done')];
    for (const broken of [
      async () => {
        throw new TypeError('reset');
      },
      async () => sse(),
    ]) {
      let opened = 0;
      const left = [...answers];
      const client = {
        status: async () => left.shift() ?? assert.fail('asked after the end'),
        events: () => {
          opened += 1;
          return broken();
        },
      };
      assert.deepEqual(await collect(watch(client, live(), quiet, new Page())), [1, 2]);
      assert.ok(opened <= 2, `${opened} streams`);
    }
  });

  it('says that the connection is lost after some seconds, once, and when it is back', async () => {
    const answers: boolean[] = [];
    let down = true;
    setTimeout(() => {
      down = false;
    }, 6_000);
    const told: [boolean, number][] = [];
    const started = performance.now();
    const client = {
      status: async () => {
        answers.push(!down);
        if (down) throw new TypeError('down');
        return status(1);
      },
      events: async () => {
        if (down) throw new TypeError('down');
        return sse(status(1), status(2, 'done'));
      },
    };
    const lost = (now: boolean) => told.push([now, performance.now() - started]);
    assert.deepEqual(await collect(watch(client, live(), lost, new Page())), [1, 2]);
    assert.ok(answers.filter((one) => !one).length > 1, 'it kept asking');
    assert.deepEqual(
      told.map(([now]) => now),
      [true, false],
    );
    const [[, when] = [false, 0]] = told;
    assert.ok(when > 3_900 && when < 6_000, `${when} ms`);
  });

  it('says so too where questions are never answered', async () => {
    const controller = new AbortController();
    const told: boolean[] = [];
    const client = {
      status: (signal: AbortSignal) => never(signal),
      events: (signal: AbortSignal) => never(signal),
    };
    const watching = collect(
      watch(
        client,
        controller.signal,
        (now) => {
          told.push(now);
          if (now) controller.abort();
        },
        new Page(),
      ),
    );
    assert.deepEqual(await watching, []);
    assert.deepEqual(told, [true, false], 'taken back with the end');
  });

  it('says nothing of one question that got lost, nor of a page that was hidden', async () => {
    const page = new Page();
    const told: boolean[] = [];
    const polls = [new TypeError('lost'), status(1), status(2), 'hidden', status(3, 'done')];
    const client = {
      status: async (signal: AbortSignal) => {
        const next = polls.shift();
        if (next === 'hidden') {
          setTimeout(() => page.turn('hidden'), 0);
          setTimeout(() => page.turn('visible'), 5_000);
          return never(signal);
        }
        if (typeof next !== 'object' || next instanceof Error) throw next;
        return next;
      },
      events: async () => new Response(null, { status: 501 }),
    };
    const lost = (now: boolean) => told.push(now);
    assert.deepEqual(await collect(watch(client, live(), lost, page)), [1, 2, 3]);
    assert.deepEqual(told, []);
  });

  it('waits as long as the server asks it to', async () => {
    const answers = [new Unanswered('unavailable/busy', undefined, true, 1_500), status(1, 'done')];
    const asked: number[] = [];
    const client = {
      status: async () => {
        asked.push(performance.now());
        const answer = answers.shift();
        if (answer === undefined || answer instanceof Error) throw answer ?? assert.fail();
        return answer;
      },
      events: async () => new Response(null, { status: 502 }),
    };
    assert.deepEqual(await collect(watch(client, live(), quiet, new Page())), [1]);
    const [first = 0, second = 0] = asked;
    assert.ok(second - first > 1_490, `${second - first} ms`);
  });

  it('says so where the session is gone or the answer not understood', async () => {
    const gone = {
      status: async () => {
        throw new IdVerifyError('session/unknown', 'for a test');
      },
      events: async () => new Response(null, { status: 404 }),
    };
    const code = (expected: string) => (error: unknown) =>
      error instanceof IdVerifyError && error.code === expected;
    await assert.rejects(collect(watch(gone, live(), quiet, new Page())), code('session/unknown'));
    const strange = {
      status: unasked,
      events: async () =>
        new Response('data: {"state":"verified"}\n\n', {
          headers: { 'content-type': 'text/event-stream' },
        }),
    };
    await assert.rejects(
      collect(watch(strange, live(), quiet, new Page())),
      code('blocked/answer'),
    );
  });

  it('ends without a word when aborted', async () => {
    const controller = new AbortController();
    const client = {
      status: unasked,
      events: async (signal: AbortSignal) => openStream(signal).response,
    };
    const watching = collect(watch(client, controller.signal, quiet, new Page()));
    setTimeout(() => controller.abort(), 20);
    assert.deepEqual(await watching, []);
  });
});
