/** `GET sessions/{id}/events`: status as server-sent events, until the session has ended. */
import { utf8 } from '../wire/bytes.ts';
import type { SessionStatus } from '../wire/contract.ts';
import type { Core } from './core.ts';
import { RULES } from './rules.ts';
import { type Caller, current } from './session.ts';
import { isLive } from './store.ts';
import { statusOf, withReference } from './view.ts';

export function events(core: Core, request: Request, caller: Caller): Response {
  const leaving = new AbortController();
  const signal = AbortSignal.any([leaving.signal, request.signal, core.closing]);
  const messages = statuses(core, caller, signal);
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async start(controller) {
      const beat = setInterval(() => controller.enqueue(utf8(': still here\n\n')), RULES.heartbeat);
      signal.addEventListener('abort', () => clearInterval(beat));
      try {
        for await (const status of messages) controller.enqueue(frame(status));
      } finally {
        clearInterval(beat);
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

/** Each new status; the one at the session's time-out too, without waiting for a sweep. */
async function* statuses(
  core: Core,
  caller: Caller,
  signal: AbortSignal,
): AsyncGenerator<SessionStatus, void, undefined> {
  const { id } = caller.session;
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    for await (const session of core.store.watch(id, signal)) {
      yield await withReference(core, caller, statusOf(core, session));
      if (!isLive(session)) return;
      clearTimeout(timer);
      // Reading it ends it, and the store then tells this watcher.
      const left = Math.min(session.expiresAt - core.now(), 2 ** 31 - 1);
      timer = setTimeout(() => void current(core, id).catch(() => undefined), Math.max(0, left));
    }
  } finally {
    clearTimeout(timer);
  }
}
