/** Every call of the verifier. A method's own calls come from its folder. */
import * as contract from '../wire/contract.ts';
import type { Schema } from '../wire/schema.ts';
import { cancel } from './cancel.ts';
import { receiveConfirmation } from './confirm.ts';
import type { Core } from './core.ts';
import { events } from './events.ts';
import { receiveEvidence } from './evidence.ts';
import { json, readJson } from './http.ts';
import { attend, methodRoutes } from './method-routes.ts';
import { openapi } from './openapi.ts';
import { claimSession, openSession } from './opening.ts';
import { result } from './result.ts';
import { fetchResult } from './results.ts';
import { review } from './review.ts';
import type { Call, Route } from './router.ts';
import { authenticate, type Caller } from './session.ts';
import { takeBack, transfer } from './transfer.ts';
import { currentStatus } from './view.ts';

/** A call by the holder of a session token. */
const sessionRoute = (
  route: Omit<Route, 'caller' | 'handle'>,
  handle: (call: Call, caller: Caller) => Promise<Response>,
): Route => ({
  ...route,
  caller: 'session',
  handle: async (call) => handle(call, await authenticate(call)),
});

const get = (operation: string, path: string, summary: string, answer: Schema | string) =>
  ({ operation, verb: 'GET', path, summary, status: 200, answer }) as const;

const SESSION = '/sessions/{id}';
const ENVELOPE = [contract.EVIDENCE_TYPE] as const;

export function routesOf(core: Core): readonly Route[] {
  const routes: Route[] = [
    {
      operation: 'openSession',
      verb: 'POST',
      path: '/sessions',
      summary: 'Opens a session for a page of a listed origin, if the site agrees',
      caller: 'page',
      body: contract.openBody,
      status: 201,
      answer: contract.openAnswer,
      handle: async (call) => {
        const { request } = call;
        // The site's `authorize` gets the request itself; its body is read from a copy.
        const body = await readJson(request.clone(), contract.openBody);
        return json(await openSession(call, body), 201);
      },
    },
    {
      operation: 'claimSession',
      verb: 'POST',
      path: `${SESSION}/claim`,
      summary: 'Exchanges the one-use token for a session token that belongs to a key',
      caller: 'opening',
      body: contract.claimBody,
      status: 200,
      answer: contract.claimAnswer,
      handle: async ({ request, params: { id = '' } }) =>
        json(await claimSession(core, request, id, await readJson(request, contract.claimBody))),
    },
    sessionRoute(
      get('getStatus', SESSION, 'Where the session stands', contract.sessionStatus),
      async (_, caller) => {
        attend(core, caller.session);
        return json(await currentStatus(core, caller, 'poll'));
      },
    ),
    sessionRoute(
      get('followStatus', `${SESSION}/events`, 'Each new status, as it comes', 'text/event-stream'),
      async ({ request, from }, caller) => events(core, request, from, caller),
    ),
    sessionRoute(
      {
        operation: 'sendEvidence',
        verb: 'POST',
        path: `${SESSION}/evidence`,
        summary: 'The signed envelope; the verdict and its checks',
        body: ENVELOPE,
        status: 200,
        answer: contract.evidenceAnswer,
      },
      ({ request }, caller) => receiveEvidence(core, request, caller),
    ),
    sessionRoute(
      get('getReview', `${SESSION}/review`, 'What was read', contract.reviewAnswer),
      (_, caller) => review(core, caller),
    ),
    sessionRoute(
      {
        operation: 'confirm',
        verb: 'POST',
        path: `${SESSION}/confirm`,
        summary: 'The next envelope: what was read is right, or it is disputed',
        body: ENVELOPE,
        status: 200,
        answer: contract.confirmAnswer,
      },
      ({ request }, caller) => receiveConfirmation(core, request, caller),
    ),
    sessionRoute(
      {
        operation: 'transfer',
        verb: 'POST',
        path: `${SESSION}/transfer`,
        summary: 'A link by which a phone goes on with this session',
        body: contract.transferBody,
        status: 200,
        answer: contract.transferAnswer,
      },
      async ({ request }, caller) =>
        json(await transfer(core, request, caller, await readJson(request, contract.transferBody))),
    ),
    sessionRoute(
      {
        operation: 'takeBack',
        verb: 'DELETE',
        path: `${SESSION}/transfer`,
        summary: 'The first page goes on itself, and no phone does',
        status: 200,
        answer: contract.sessionStatus,
      },
      async (_, caller) => json(await takeBack(core, caller)),
    ),
    sessionRoute(
      {
        operation: 'cancel',
        verb: 'DELETE',
        path: SESSION,
        summary: 'Leaves, and has everything erased',
        status: 204,
      },
      (_, caller) => cancel(core, caller),
    ),
    {
      ...get('getResult', '/results/{ref}', "The result, for the site's server only", result),
      caller: 'results',
      handle: async ({ request, params: { ref = '' } }) =>
        json(await fetchResult(core, request, ref)),
    },
    ...methodRoutes(core),
    {
      ...get('describe', '/openapi.json', 'This description', 'application/json'),
      caller: 'anybody',
      handle: async () => json(openapi(core, routes)),
    },
  ];
  return routes;
}
