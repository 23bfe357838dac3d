/** The calls methods bring along, under the session rules. */
import { type CallbackSessions, Noted } from '../methods/callbacks.ts';
import type { Exchange, Json, MethodRoute, RouteContext } from '../methods/method-verifier.ts';
import type { SessionRecord } from '../store/store.ts';
import { IdVerifyError } from '../wire/error.ts';
import { type Core, profileOf, requireLawful } from './core.ts';
import { json, readBytes, readJson, requireType } from './http.ts';
import { imagesOf, putImage, senderOf } from './images.ts';
import { LIMITS } from './limits.ts';
import { lifetime } from './retention.ts';
import type { Call, Route } from './router.ts';
import {
  asking,
  authenticate,
  type Caller,
  counted,
  current,
  factsOf,
  keptName,
  keyOf,
  newExchange,
  requireRetaker,
  requireSender,
  requireState,
  transact,
} from './session.ts';

export function methodRoutes(core: Core): Route[] {
  return core.methods.flatMap((verifier) => [
    ...verifier.routes.map((route): Route => {
      const { verb, path, summary, answer, operation } = route;
      return {
        operation,
        verb,
        path: `/sessions/{id}/${path}`,
        summary,
        caller: 'session',
        body: route.body ?? route.bodyType,
        status: 200,
        answer,
        handle: async (call) => {
          const caller = await authenticate(call);
          requireSender(caller);
          requireState(caller.session, 'awaiting');
          requireRetaker(caller);
          return json(await route.handle(await contextOf(core, call, caller, route)));
        },
      };
    }),
    ...(verifier.callbacks ?? []).map(
      ({ operation, verb, path, summary, handle }): Route => ({
        operation,
        verb,
        path: `/${path}`,
        summary,
        caller: 'anybody',
        status: 200,
        answer: 'text/html',
        body: verb === 'POST' ? [FORM] : undefined,
        handle: async ({ request, params }) => {
          const form = await formOf(request);
          return handle({ request, params, form }, callbackSessions(core));
        },
      }),
    ),
  ]);
}

const FORM = 'application/x-www-form-urlencoded';

/** @throws IdVerifyError `unsupported/content_type`, `limit/body` */
async function formOf(request: Request): Promise<URLSearchParams> {
  if (request.method !== 'POST') return new URLSearchParams();
  requireType(request, FORM);
  const bytes = await readBytes(request, LIMITS.formBytes);
  return new URLSearchParams(new TextDecoder().decode(bytes));
}

async function contextOf(
  core: Core,
  { request, params }: Call,
  caller: Caller,
  route: MethodRoute,
): Promise<RouteContext> {
  const { session, key } = caller;
  const { id } = session;
  const sender = senderOf(keyOf(caller));
  const profile = profileOf(core, session);
  return {
    session: factsOf(core, session),
    profileId: session.profile,
    profile,
    methods: session.methods,
    signal: request.signal,
    request,
    params,
    body: route.body && (await readJson(request, route.body)),
    exchanges: session.exchanges,
    images: {
      ...imagesOf(core, session, key),
      put: (image) => putImage(core, id, { ...image, sender }),
    },
    bytes: async (limit) => {
      requireType(request, ...(route.bodyType ?? []));
      return readBytes(request, limit);
    },
    open: async (method, data, answerableFor, prolong, rate) => {
      if (!session.methods.includes(method)) {
        throw new IdVerifyError('policy/method', 'the session does not allow this method');
      }
      requireLawful(core, profile, method);
      const { retake, expiresAt } = session;
      // What a reviewer asked for again has the deadline of the case, and lasts no longer.
      const until = Math.min(core.now() + answerableFor, retake ? expiresAt : Infinity);
      const exchange = newExchange(core, method, data, until);
      await transact(core, id, (newest) => {
        requireState(newest, 'awaiting');
        const longer =
          prolong && !newest.retake && lifetime(core, newest, Math.max(newest.expiresAt, until));
        const asked = rate && { asked: counted(newest, rate, core.now()) };
        return { session: asking({ ...newest, ...longer, ...asked }, exchange, core.now()) };
      });
      return exchange;
    },
    update: async (exchangeId, change) => {
      await transact(core, id, (newest) => ({ session: changed(newest, exchangeId, change) }));
    },
  };
}

const changed = (
  session: SessionRecord,
  exchangeId: string,
  change: (exchange: Exchange) => Json,
): SessionRecord => ({
  ...session,
  exchanges: session.exchanges.map((exchange) =>
    exchange.id === exchangeId ? { ...exchange, data: change(exchange) } : exchange,
  ),
});

/** Somebody waits for this session: methods look elsewhere how far it is. */
export function attend(core: Core, session: SessionRecord): void {
  if (session.state !== 'awaiting') return;
  for (const each of core.methods) {
    each.attend?.(session.id, session.exchanges, callbackSessions(core));
  }
}

/** Sessions as providers' callbacks, and whoever opens a link, may reach them. */
const callbackSessions = (core: Core): CallbackSessions => ({
  find: async (sessionId) => {
    const found = await waiting(core, sessionId);
    if (found === undefined) return undefined;
    const { exchanges } = found;
    return { session: factsOf(core, found), profile: profileOf(core, found), exchanges };
  },
  update: async (sessionId, exchangeId, change) => {
    if ((await waiting(core, sessionId)) === undefined) return undefined;
    const written = await transact(core, sessionId, async (newest) => {
      requireState(newest, 'awaiting');
      const exchange = newest.exchanges.find(({ id }) => id === exchangeId);
      if (exchange === undefined) return { session: newest };
      const note = change(exchange);
      const data = note instanceof Noted ? note.data : note;
      const session = changed(newest, exchangeId, () => data);
      return note instanceof Noted
        ? { session, personal: await keptWith(core, exchange, sessionId, note.kept) }
        : { session };
    });
    return written.exchanges.find(({ id }) => id === exchangeId);
  },
});

async function waiting(core: Core, sessionId: string): Promise<SessionRecord | undefined> {
  const session = await current(core, sessionId).catch((error: unknown) => {
    if (error instanceof IdVerifyError && error.category === 'session') return undefined;
    throw error;
  });
  return session?.state === 'awaiting' ? session : undefined;
}

async function keptWith(core: Core, exchange: Exchange, sessionId: string, value: Uint8Array) {
  const name = keptName(exchange);
  const others = (await core.store.personal(sessionId)).filter((kept) => kept.name !== name);
  return [...others, { name, value, eraseAt: exchange.answerableUntil }];
}
