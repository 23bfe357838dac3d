/** The OpenAPI 3.1 description, made from the routes and the schemas they parse with. */
import { problem } from '../wire/contract.ts';
import type { Schema } from '../wire/schema.ts';
import type { Core } from './core.ts';
import { jsonSchema } from './json-schema.ts';
import type { Route } from './router.ts';

const SECURITY = {
  page: [{}, { site: [] }],
  opening: [{ opening: [] }],
  session: [{ session: [] }],
  results: [{ results: [] }],
  anybody: [{}],
} as const satisfies Record<Route['caller'], readonly object[]>;

const bearer = (description: string) => ({ type: 'http', scheme: 'bearer', description });

export function openapi(core: Core, routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.verb.toLowerCase()]: describe(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'id-verify',
      version: '1',
      description: 'The wire between <id-verify>, its verifier and the server of the site.',
    },
    servers: [{ url: core.basePath }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(problem) },
      securitySchemes: {
        site: {
          type: 'apiKey',
          in: 'cookie',
          name: 'the-site-decides',
          description: "Whatever the site's `authorize` reads; some sites ask for nothing.",
        },
        opening: bearer('The one-use token of an opening.'),
        session: bearer('The token of a session, given to the key that claimed it.'),
        results: bearer("Whatever the site's `authorizeResults` reads."),
      },
    },
  };
}

function describe({ operation, summary, path, caller, body, status, answer }: Route): object {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const parameters = names.map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  return {
    operationId: operation,
    summary,
    security: SECURITY[caller],
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: bodyContent(body) } }),
    responses: {
      [status]: { description: summary, ...(answer && { content: answerContent(answer) }) },
      default: {
        description: 'Refused, with a stable code',
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        },
      },
    },
  };
}

const bodyContent = (body: Schema | readonly string[]): object =>
  isTypes(body)
    ? Object.fromEntries(body.map((type) => [type, {}]))
    : { 'application/json': { schema: jsonSchema(body) } };

const answerContent = (answer: Schema | string): object =>
  typeof answer === 'string'
    ? { [answer]: {} }
    : { 'application/json': { schema: jsonSchema(answer) } };

const isTypes = (body: Schema | readonly string[]): body is readonly string[] =>
  Array.isArray(body);
