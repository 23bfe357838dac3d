/**
 * What the site's own server asks, in whatever language it is written: mint a session, fetch a
 * result, erase, review. On a port of its own and behind a service key.
 */
import { json, problemResponse, readJson } from '../verifier/http.ts';
import type { Verifier } from '../verifier/index.ts';
import { jsonSchema } from '../verifier/json-schema.ts';
import { result } from '../verifier/result.ts';
import { METHODS, problem, shortText, token } from '../wire/contract.ts';
import { IdVerifyError } from '../wire/error.ts';
import * as v from '../wire/schema.ts';
import { authorizedBy, type Scope, type ServiceKeys } from './service-keys.ts';

type Verb = 'GET' | 'POST' | 'DELETE';

interface ServiceCall {
  readonly request: Request;
  readonly params: Readonly<Record<string, string>>;
}

interface ServiceRoute {
  readonly operation: string;
  readonly verb: Verb;
  readonly path: string;
  readonly summary: string;
  /** What the key must be for; absent where any key does. */
  readonly scope?: Scope;
  readonly body?: Parameters<typeof jsonSchema>[0];
  readonly status: 200 | 201 | 204;
  readonly answer?: Parameters<typeof jsonSchema>[0] | string;
  handle(call: ServiceCall): Promise<Response>;
}

const mintBody = v.strictObject({
  subject: shortText,
  profile: v.string(),
  origin: v.string(),
  methods: v.exactOptional(v.array(v.picklist(METHODS))),
  externalId: v.exactOptional(shortText),
});
const minted = v.strictObject({ token, sessionId: v.string() });

/** By the reference the page's form brought, or by the id that minting answered. */
const resultBody = v.strictObject({
  ref: v.exactOptional(v.string()),
  sessionId: v.exactOptional(v.string()),
  subject: shortText,
  profile: v.string(),
  /** Takes results made with a test issuer. */
  acceptTest: v.exactOptional(v.boolean()),
});

const eraseBody = v.strictObject({ subject: shortText });
const erasure = v.strictObject({
  erased: v.array(v.string()),
  kept: v.array(v.strictObject({ sessionId: v.string(), because: v.unknown(), until: v.number() })),
});

const ok = (status = 204): Response =>
  new Response(null, { status, headers: { 'cache-control': 'no-store' } });

/** What the service can be asked. */
export interface Asked {
  readonly verifier: Verifier;
  readonly keys: ServiceKeys;
  /** Copies the store; where it can, and where the config has a folder for it. @returns the file's name */
  readonly backUp: (() => Promise<string>) | undefined;
}

function routesOf({ verifier, backUp }: Asked): ServiceRoute[] {
  const { reviews } = verifier;
  const routes: ServiceRoute[] = [
    {
      operation: 'mint',
      verb: 'POST',
      path: '/sessions',
      summary: 'A one-use token for the attribute `session` of the element',
      scope: 'mint',
      body: mintBody,
      status: 201,
      answer: minted,
      handle: async ({ request }) => {
        const token = await verifier.mint(await readJson(request, mintBody));
        return json({ token, sessionId: token.split('.', 1)[0] }, 201);
      },
    },
    {
      operation: 'result',
      verb: 'POST',
      path: '/results',
      summary: 'What came of a session, by its reference or its id; refuses as `redeem` does',
      scope: 'results',
      body: resultBody,
      status: 200,
      answer: result,
      handle: async ({ request }) => {
        const { ref, sessionId, ...expectation } = await readJson(request, resultBody);
        if ((ref === undefined) === (sessionId === undefined)) {
          throw new IdVerifyError('malformed/request', 'either ref or sessionId');
        }
        return json(
          ref === undefined
            ? await verifier.result(sessionId ?? '', expectation)
            : await verifier.redeem(ref, expectation),
        );
      },
    },
    {
      operation: 'erase',
      verb: 'DELETE',
      path: '/sessions/{id}',
      summary: 'Removes every trace of a session; safe to repeat',
      scope: 'erase',
      status: 204,
      handle: async ({ params: { id = '' } }) => {
        await verifier.erase(id);
        return ok();
      },
    },
    {
      operation: 'eraseMember',
      verb: 'POST',
      path: '/erasures',
      summary: 'Removes every trace of a member but what a law obliges to keep; safe to repeat',
      scope: 'erase',
      body: eraseBody,
      status: 200,
      answer: erasure,
      handle: async ({ request }) => {
        const { subject } = await readJson(request, eraseBody);
        return json(await verifier.eraseSubject(subject));
      },
    },
    {
      operation: 'reviews',
      verb: 'GET',
      path: '/reviews',
      summary: 'Everything that waits for a person, the oldest first',
      scope: 'reviews',
      status: 200,
      answer: v.array(v.unknown()),
      handle: async ({ request: { signal } }) => json(await reviews.list({ signal })),
    },
    {
      operation: 'review',
      verb: 'GET',
      path: '/reviews/{id}',
      summary: 'One that waits, to be decided on',
      scope: 'reviews',
      status: 200,
      answer: v.unknown(),
      handle: async ({ params: { id = '' } }) => json(await reviews.get(id)),
    },
    {
      operation: 'reviewImage',
      verb: 'GET',
      path: '/reviews/{id}/images/{hash}',
      summary: 'One picture of it',
      scope: 'reviews',
      status: 200,
      answer: 'image/jpeg',
      handle: async ({ params: { id = '', hash = '' } }) => {
        const { bytes, type } = await reviews.image(id, hash);
        const headers = { 'content-type': type, 'cache-control': 'no-store' };
        return new Response(new Uint8Array(bytes), { headers });
      },
    },
    {
      operation: 'decide',
      verb: 'POST',
      path: '/reviews/{id}/decision',
      summary: 'Ends it, once: `{ decision, reviewer, claims | reason }`',
      scope: 'reviews',
      body: v.unknown(),
      status: 200,
      answer: result,
      handle: async ({ request, params: { id = '' } }) => {
        const decision = await readJson(request, v.unknown());
        // Parsed there, as anything a reviewer types.
        return json(await reviews.decide(id, decision as Parameters<typeof reviews.decide>[1]));
      },
    },
    ...(backUp
      ? [
          {
            operation: 'backUp',
            verb: 'POST',
            path: '/backups',
            summary: 'A copy of the store in the folder for backups, while sessions go on',
            scope: 'backup',
            status: 201,
            answer: v.strictObject({ file: v.string() }),
            handle: async () => json({ file: await backUp() }, 201),
          } as const satisfies ServiceRoute,
        ]
      : []),
    {
      operation: 'describe',
      verb: 'GET',
      path: '/openapi.json',
      summary: 'This description',
      status: 200,
      answer: 'application/json',
      handle: async () => json(openapi(routes)),
    },
  ];
  return routes;
}

/** Answers the service interface; any other path is `unsupported/path`. Never rejects. */
export function serviceHandler(
  asked: Asked,
  log: (event: { event: 'service.called'; key: string; operation: string }) => void,
): (request: Request) => Promise<Response> {
  const routes = routesOf(asked);
  return async (request) => {
    try {
      const { route, params } = found(routes, request);
      const key = authorizedBy(asked.keys, request, route.scope);
      log({ event: 'service.called', key, operation: route.operation });
      return await route.handle({ request, params });
    } catch (error) {
      void request.body?.cancel().catch(() => undefined);
      return problemResponse(error);
    }
  };
}

function found(routes: readonly ServiceRoute[], { url, method }: Request) {
  const path = new URL(url).pathname;
  const here = routes.flatMap((route) => {
    const pattern = route.path.replace(/\{(\w+)\}/g, '(?<$1>[\\w-]+)').replaceAll('.', '\\.');
    const match = new RegExp(`^${pattern}$`).exec(path);
    return match ? [{ route, params: { ...match.groups } }] : [];
  });
  if (here.length === 0) throw new IdVerifyError('unsupported/path', 'no such call');
  const one = here.find(({ route }) => route.verb === method);
  if (one === undefined) throw new IdVerifyError('unsupported/verb', 'not this HTTP method');
  return one;
}

/** OpenAPI 3.1. */
function openapi(routes: readonly ServiceRoute[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const { operation, verb, path, summary, scope, body, status, answer } of routes) {
    const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    }));
    const content =
      typeof answer === 'string'
        ? { [answer]: {} }
        : answer && { 'application/json': { schema: jsonSchema(answer) } };
    const described = {
      operationId: operation,
      summary,
      ...(scope && { description: `For a key with the scope ${scope}.` }),
      ...(parameters.length > 0 && { parameters }),
      ...(body && {
        requestBody: {
          required: true,
          content: { 'application/json': { schema: jsonSchema(body) } },
        },
      }),
      responses: {
        [status]: { description: summary, ...(content && { content }) },
        default: {
          description: 'Refused, with a stable code',
          content: { 'application/problem+json': { schema: jsonSchema(problem) } },
        },
      },
    };
    paths[path] = { ...paths[path], [verb.toLowerCase()]: described };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'id-verify service interface', version: '1' },
    paths,
    security: [{ key: [] }],
    components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
  };
}
