/** `GET sessions/{id}/events`: status as server-sent events, until the session has ended. */

import { isLive, type SessionRecord } from '../store/store.ts';
import { utf8 } from '../wire/bytes.ts';
import type { SessionStatus } from '../wire/contract.ts';
import type { Core } from './core.ts';
import { LIMITS } from './limits.ts';
import { attend } from './method-routes.ts';
import type { Sender } from './options.ts';
import { type Caller, current } from './session.ts';
import { currentStatus } from './view.ts';

/** @throws IdVerifyError `limit/rate` where too many are open; the page then asks now and then */
export function events(core: Core, request: Request, from: Sender, caller: Caller): Response {
  const release = core.streams.take(caller.session.id, from.address);
  const leaving = new AbortController();
  const signal = AbortSignal.any([leaving.signal, request.signal, core.closing]);
  const messages = statuses(core, caller, signal);
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async start(controller) {
      const beat = setInterval(
        () => controller.enqueue(utf8(': still here\n\n')),
        LIMITS.heartbeat,
      );
      signal.addEventListener('abort', () => clearInterval(beat));
      try {
        for await (const status of messages) controller.enqueue(frame(status));
      } finally {
        clearInterval(beat);
        release();
        if (!leaving.signal.aborted) controller.close();
      }
    },
    cancel: () => leaving.abort(),
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      // nginx would hold the stream back to fill its buffers.
      'x-accel-buffering': 'no',
    },
  });
}

const frame = (status: SessionStatus): Uint8Array<ArrayBuffer> =>
  utf8(`id: ${status.version}\nevent: status\ndata: ${JSON.stringify(status)}\n\n`);

/**
 * Each new status; also what changes although nothing happens: the session's time-out, without
 * waiting for a sweep, the end of a handoff, a QR code that rotates.
 */
async function* statuses(
  core: Core,
  caller: Caller,
  signal: AbortSignal,
): AsyncGenerator<SessionStatus, void, undefined> {
  const { id } = caller.session;
  const over = new AbortController();
  const watching = AbortSignal.any([signal, over.signal]);
  const changes = core.store.watch(id, watching)[Symbol.asyncIterator]();
  let change = changes.next();
  let session: SessionRecord | undefined;
  try {
    for (;;) {
      const turn = session && clock(core, session);
      const news = await (turn ? Promise.race([change, turn.due]) : change);
      turn?.stop();
      if (news === 'due') {
        // Reading it ends it if its time is over, and the store then tells this watcher.
        if ((await current(core, id)).version !== session?.version) continue;
      } else {
        if (news.done) return;
        session = news.value;
        change = changes.next();
      }
      if (session === undefined) return;
      attend(core, session);
      yield await currentStatus(core, { ...caller, session }, 'stream');
      if (!isLive(session)) return;
    }
  } finally {
    over.abort();
  }
}

/** Wakes when a status changes by itself. */
function clock(core: Core, { exchanges, expiresAt }: SessionRecord) {
  const moments = core.methods.map((each) => each.changesAt?.(exchanges) ?? expiresAt);
  const left = Math.min(...moments, expiresAt) - core.now();
  let stop = () => {};
  const due = new Promise<'due'>((resolve) => {
    const timer = setTimeout(() => resolve('due'), Math.min(Math.max(0, left), 2 ** 31 - 1));
    stop = () => clearTimeout(timer);
  });
  return { due, stop };
}
