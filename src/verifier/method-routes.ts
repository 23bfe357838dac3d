/** The calls methods bring along, under the session rules. */
import type { CallbackSessions, MethodRoute, RouteContext } from '../methods/method-verifier.ts';
import { IdVerifyError } from '../wire/error.ts';
import { type Core, profileOf } from './core.ts';
import { json, readJson } from './http.ts';
import type { Call, Route } from './router.ts';
import {
  asking,
  authenticate,
  type Caller,
  newExchange,
  requireState,
  transact,
} from './session.ts';
import type { SessionRecord } from './store.ts';

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
          requireState(caller.session, 'awaiting');
          return json(await route.handle(await contextOf(core, call, caller, route)));
        },
      };
    }),
    ...(verifier.callbacks ?? []).map(
      ({ operation, path, summary, handle }): Route => ({
        operation,
        verb: 'GET',
        path: `/${path}`,
        summary,
        caller: 'anybody',
        status: 200,
        answer: 'text/html',
        handle: ({ request }) => handle(request, callbackSessions(core)),
      }),
    ),
  ]);
}

async function contextOf(
  core: Core,
  { request, params }: Call,
  { session }: Caller,
  route: MethodRoute,
): Promise<RouteContext> {
  const { id, subject, origin, expiresAt } = session;
  return {
    session: { id, subject, origin, audience: core.audience, expiresAt },
    profileId: session.profile,
    profile: profileOf(core, session),
    methods: session.methods,
    signal: request.signal,
    request,
    params,
    body: route.body && (await readJson(request, route.body)),
    exchanges: session.exchanges,
    open: async (method, data, answerableFor) => {
      if (!session.methods.includes(method)) {
        throw new IdVerifyError('policy/method', 'the session does not allow this method');
      }
      const exchange = newExchange(core, method, data, core.now() + answerableFor);
      await transact(core, id, (newest) => {
        requireState(newest, 'awaiting');
        return { session: asking(newest, exchange, core.now()) };
      });
      return exchange;
    },
    update: async (exchangeId, data) => {
      await transact(core, id, (newest) => ({
        session: changed(newest, exchangeId, () => data),
      }));
    },
  };
}

const changed = (
  session: SessionRecord,
  exchangeId: string,
  change: (
    exchange: SessionRecord['exchanges'][number],
  ) => SessionRecord['exchanges'][number]['data'],
): SessionRecord => ({
  ...session,
  exchanges: session.exchanges.map((exchange) =>
    exchange.id === exchangeId ? { ...exchange, data: change(exchange) } : exchange,
  ),
});

const callbackSessions = (core: Core): CallbackSessions => ({
  update: async (sessionId, exchangeId, change) => {
    const session = await transact(core, sessionId, (newest) => ({
      session: changed(newest, exchangeId, change),
    }));
    return session.exchanges.find(({ id }) => id === exchangeId);
  },
});
