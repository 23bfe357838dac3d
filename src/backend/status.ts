/**
 * Where the session stands, as it changes: server-sent events over `fetch` (a bearer token does not
 * fit an EventSource), and polling where a proxy keeps the stream shut. Asks nothing while the page
 * is hidden, at once when it is back, and ends once: with the session.
 */

import { IdVerifyError } from '../wire/error.ts';
import { parseAs } from '../wire/parse.ts';
import { type SessionState, type SessionStatus, sessionStatus } from '../wire/status.ts';
import { pause } from './ask.ts';
import { retryAfter, Unanswered } from './call.ts';
import { readEvents } from './event-stream.ts';
import type { SessionClient } from './session-client.ts';
import { silence } from './silence.ts';
import { type PageSignals, wakeUps } from './wake.ts';

/** How long a stream may take to open and say something; a proxy that buffers never does. */
const OPEN_TIME = 2_000;
/** An open stream says something this often, if only a comment; else it is dead. */
const SILENCE = 40_000;
const POLL_TIME = 1_500;
/** Before a stream that broke is opened again, and after a question nobody answered. */
const PAUSE = 1_000;
const FINAL: readonly SessionState[] = ['done', 'failed', 'cancelled', 'expired'];

type Source = Pick<SessionClient, 'status' | 'events'>;

/** How to ask next. A stream that breaks may be a server that restarts, or all a proxy lets through. */
type Way = 'stream' | 'one question' | 'stream again' | 'questions';
const AFTER_FAILURE = {
  stream: 'one question',
  'one question': 'stream',
  'stream again': 'questions',
  questions: 'questions',
} as const satisfies Record<Way, Way>;

/**
 * Every newer status until the final one, or until the signal aborts.
 * @param lost told when the connection is lost, and when it no longer is
 * @throws IdVerifyError where the session is over or the server's answer not understood
 */
export async function* watch(
  client: Source,
  signal: AbortSignal,
  lost: (now: boolean) => void,
  page: PageSignals = { document, window },
): AsyncGenerator<SessionStatus, void, void> {
  const { asked, rest, heard } = silence(lost, signal);
  const wake = wakeUps(page, signal);
  let version = -1;
  let way: Way = 'stream';

  while (!signal.aborted) {
    await wake.visible();
    const look = wake.next();
    look.addEventListener('abort', rest);
    const within = AbortSignal.any([signal, look]);
    const streaming = way.startsWith('stream');
    asked();
    try {
      for await (const status of streaming ? stream(client, within) : poll(client, within)) {
        if (status) heard();
        if (!streaming) asked();
        if (status === undefined) way = 'questions';
        else if (status.version > version || isTurn(status, version)) {
          ({ version } = status);
          yield status;
        }
        if (status && FINAL.includes(status.state)) return;
        if (way === 'stream again') way = 'stream';
        if (way !== 'one question') continue;
        way = 'stream again';
        break;
      }
      await pause(way === 'stream' ? PAUSE : 0, within);
    } catch (error) {
      if (signal.aborted) return;
      if (look.aborted) continue;
      if (error instanceof IdVerifyError && error.category !== 'unavailable') throw error;
      way = AFTER_FAILURE[way];
      const wait = error instanceof Unanswered ? error.wait : undefined;
      await pause(wait ?? PAUSE, within).catch(() => undefined);
    }
  }
}

/** A rotating QR code has a new link although nothing else is new. */
const isTurn = ({ version, handoff }: SessionStatus, known: number): boolean =>
  version === known && handoff?.payload !== undefined;

async function* poll(client: Source, signal: AbortSignal): AsyncGenerator<SessionStatus> {
  for (;;) {
    yield await client.status(signal);
    await pause(POLL_TIME, signal);
  }
}

/** The statuses of one stream until it breaks; `undefined` says that streams do not work here. */
async function* stream(
  client: Source,
  signal: AbortSignal,
): AsyncGenerator<SessionStatus | undefined> {
  const dead = new AbortController();
  let timer = setTimeout(() => dead.abort(), OPEN_TIME);
  let heard = false;
  const alive = () => {
    heard = true;
    clearTimeout(timer);
    timer = setTimeout(() => dead.abort(), SILENCE);
  };
  try {
    const response = await client.events(AbortSignal.any([signal, dead.signal]));
    const type = response.headers.get('content-type') ?? '';
    if (response.ok && response.body && /^text\/event-stream\b/i.test(type)) {
      for await (const data of readEvents(response.body, alive)) {
        yield parseAs(sessionStatus, data, 'blocked/answer');
      }
      if (!heard) yield undefined;
      return;
    }
    clearTimeout(timer);
    await response.body?.cancel();
    if (response.status === 429) {
      throw new Unanswered('unavailable/busy', undefined, true, retryAfter(response));
    }
    yield undefined;
  } catch (error) {
    if (!dead.signal.aborted || signal.aborted) throw error;
    if (!heard) yield undefined;
  } finally {
    clearTimeout(timer);
  }
}
