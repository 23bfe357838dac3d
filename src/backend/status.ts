/**
 * Where the session stands, as it changes: server-sent events over `fetch` (a bearer token does not
 * fit an EventSource), and polling where a proxy keeps the stream shut. Asks nothing while the page
 * is hidden, at once when it is back, and ends once: with the session.
 */

import { anySignal } from '../wire/abortable.ts';
import { IdVerifyError } from '../wire/error.ts';
import { parseAs } from '../wire/parse.ts';
import { type SessionState, type SessionStatus, sessionStatus } from '../wire/status.ts';
import { pause } from './ask.ts';
import { retryAfter, Unanswered } from './call.ts';
import { monitorConnection } from './connection-monitor.ts';
import { readEvents } from './event-stream.ts';
import { type PageSignals, watchVisibility } from './page-visibility.ts';
import type { SessionClient } from './session-client.ts';

/** How long a stream may take to open and say something; a proxy that buffers never does. */
const FIRST_STREAM_TIMEOUT_MS = 2_000;
/** An open stream says something this often, if only a comment; else it is dead. */
const STREAM_SILENCE_TIMEOUT_MS = 40_000;
const POLL_INTERVAL_MS = 1_500;
/** Before a stream that broke is opened again, and after a question nobody answered. */
const RECONNECT_DELAY_MS = 1_000;
const FINAL: readonly SessionState[] = ['done', 'failed', 'cancelled', 'expired'];

type Source = Pick<SessionClient, 'status' | 'events'>;

/** How to ask next. A stream that breaks may be a server that restarts, or all a proxy lets through. */
type Mode = 'stream' | 'one question' | 'stream again' | 'questions';
const AFTER_FAILURE = {
  stream: 'one question',
  'one question': 'stream',
  'stream again': 'questions',
  questions: 'questions',
} as const satisfies Record<Mode, Mode>;

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
  const { asked, rest, heard } = monitorConnection(lost, signal);
  const visibility = watchVisibility(page, signal);
  let version = -1;
  let mode: Mode = 'stream';

  while (!signal.aborted) {
    await visibility.visible();
    const look = visibility.next();
    look.addEventListener('abort', rest);
    const within = anySignal([signal, look]);
    const streaming = mode.startsWith('stream');
    asked();
    try {
      for await (const status of streaming ? stream(client, within) : poll(client, within)) {
        if (status) heard();
        if (!streaming) asked();
        if (status === undefined) mode = 'questions';
        else if (status.version > version || isTurn(status, version)) {
          ({ version } = status);
          yield status;
        }
        if (status && FINAL.includes(status.state)) return;
        if (mode === 'stream again') mode = 'stream';
        if (mode !== 'one question') continue;
        mode = 'stream again';
        break;
      }
      await pause(mode === 'stream' ? RECONNECT_DELAY_MS : 0, within);
    } catch (error) {
      if (signal.aborted) return;
      if (look.aborted) continue;
      if (error instanceof IdVerifyError && error.category !== 'unavailable') throw error;
      mode = AFTER_FAILURE[mode];
      const wait = error instanceof Unanswered ? error.wait : undefined;
      await pause(wait ?? RECONNECT_DELAY_MS, within).catch(() => undefined);
    }
  }
}

/** A rotating QR code has a new link although nothing else is new. */
const isTurn = ({ version, handoff }: SessionStatus, known: number): boolean =>
  version === known && handoff?.payload !== undefined;

async function* poll(client: Source, signal: AbortSignal): AsyncGenerator<SessionStatus> {
  for (;;) {
    yield await client.status(signal);
    await pause(POLL_INTERVAL_MS, signal);
  }
}

/** The statuses of one stream until it breaks; `undefined` says that streams do not work here. */
async function* stream(
  client: Source,
  signal: AbortSignal,
): AsyncGenerator<SessionStatus | undefined> {
  const dead = new AbortController();
  let timer = setTimeout(() => dead.abort(), FIRST_STREAM_TIMEOUT_MS);
  let heard = false;
  const alive = () => {
    heard = true;
    clearTimeout(timer);
    timer = setTimeout(() => dead.abort(), STREAM_SILENCE_TIMEOUT_MS);
  };
  try {
    const response = await client.events(anySignal([signal, dead.signal]));
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
