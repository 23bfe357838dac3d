/**
 * A JPKI platform operator with a redirect flow: our server creates a session, the person goes to the
 * operator's page or app, comes back with the session's id, and our server fetches the result once.
 * The shape of the calls is the one such operators share; the names are those of the simulated one.
 */
import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import { fromBase64url, toBase64url } from '../../../../wire/bytes.ts';
import {
  type HandoffCode,
  hash,
  identifier,
  type NamedClaim,
  type Rung,
  rung,
  type Text,
} from '../../../../wire/contract.ts';
import { IdVerifyError } from '../../../../wire/error.ts';
import { isCalendarDate } from '../../../../wire/fields.ts';
import { parseAs } from '../../../../wire/parse.ts';
import * as v from '../../../../wire/schema.ts';
import { claimsIn } from '../../../claims.ts';
import type { Environment } from '../../../method-verifier.ts';
import type { HandoffProvider, HandoffResult, Outcome, Pending, Progress } from '../provider.ts';

/** How our server reaches the operator. */
export interface PlatformOptions {
  /** Default `platform`. */
  readonly id?: string;
  readonly rungs: readonly Rung[];
  readonly app: Text;
  readonly environment: Environment;
  /** Base URL of the operator's API. */
  readonly url: string;
  /** What our server shows the operator; never leaves it otherwise. */
  readonly apiKey: string;
  /** Who the operator's statements are for: our name there. */
  readonly clientId: string;
  readonly mayRetainCertificate?: boolean;
  /** As in `HandoffProvider`: what it tells of the person is then its word alone. Default false. */
  readonly keepsCertificate?: boolean;
  /** As in `HandoffProvider`; only of an operator of whom it was tried out. Default false. */
  readonly bindsBrowser?: boolean;
  readonly rotating?: boolean;
  /** Default: the runtime's own. */
  readonly fetch?: typeof globalThis.fetch;
}

/** Whether the operator tells it. */
const TOLD = {
  name: true,
  address: true,
  birth_date: true,
  sex: true,
  portrait: false,
  age_in_years: false,
  local_gov_code: false,
  individual_number: false,
} as const satisfies Record<NamedClaim, boolean>;

/** The operator's words for an end without a result. */
const ENDS = {
  declined: 'incomplete/declined',
  timed_out: 'incomplete/timed_out',
  pin_locked: 'unavailable/pin_locked',
  card_unreadable: 'unavailable/card_unreadable',
  app_missing: 'unavailable/app_missing',
  certificate_expired: 'validity/certificate_expired',
  certificate_revoked: 'revoked/certificate',
} as const satisfies Record<string, HandoffCode>;

const endNames = Object.keys(ENDS) as (keyof typeof ENDS)[];
const ended = v.object({ error: v.picklist(endNames) });

const created = v.object({ session_id: identifier, url: v.string() });
const progress = v.object({ phase: v.picklist(['created', 'in_app', 'card_read', 'completed']) });
const bytes = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/), v.maxLength(20_000));
const finalized = v.object({
  statement: v.pipe(v.string(), v.maxLength(20_000)),
  /** JSON text; the statement holds its SHA-256. A salt in it keeps that from being guessed. */
  attributes: v.pipe(v.string(), v.maxLength(20_000)),
  signature: v.optional(bytes),
  certificate: v.optional(bytes),
});
const attributes = v.object({
  salt: hash,
  name: v.optional(v.string()),
  address: v.optional(v.string()),
  birth_date: v.optional(v.pipe(v.string(), v.check(isCalendarDate))),
  sex: v.optional(v.picklist(['not_known', 'male', 'female', 'not_applicable'])),
});
const stated = v.object({
  session_id: identifier,
  nonce: hash,
  rung,
  transaction_digest: hash,
  attributes_digest: hash,
  /** Whether the certificate is in force, and when that was found out: milliseconds since 1970. */
  certificate_status: v.optional(
    v.object({ status: v.picklist(['good', 'revoked']), at: v.number() }),
  ),
});
const remembered = v.strictObject({ session: identifier, nonce: hash });

/** A provider for the option `handoff`; one for each operator, told apart by `id`. */
export function platformOperator(options: PlatformOptions): HandoffProvider {
  const send = options.fetch ?? ((input, init) => fetch(input, init));
  const base = options.url.replace(/\/+$/, '');
  const keys = createRemoteJWKSet(new URL(`${base}/jwks`), { [customFetch]: send });

  async function call(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    signal: AbortSignal,
    body?: object,
  ): Promise<unknown> {
    const response = await send(`${base}/${path}`, {
      method,
      signal,
      redirect: 'error',
      headers: {
        authorization: `Bearer ${options.apiKey}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (response.status === 204) return undefined;
    const answer: unknown = await response.json();
    if (response.ok || v.is(ended, answer)) return answer;
    throw new IdVerifyError('unavailable/provider', `the operator answered ${response.status}`);
  }

  return {
    id: options.id ?? 'platform',
    rungs: options.rungs,
    app: options.app,
    environment: options.environment,
    claims: claimsIn(TOLD),
    mayRetainCertificate: options.mayRetainCertificate ?? false,
    keepsCertificate: options.keepsCertificate ?? false,
    bindsBrowser: options.bindsBrowser ?? false,
    rotating: options.rotating ?? false,

    async start(transaction, signal) {
      const nonce = toBase64url(crypto.getRandomValues(new Uint8Array(32)));
      const callback = new URL(transaction.callback);
      callback.searchParams.set('state', transaction.state);
      const answer = await call('POST', 'sessions', signal, {
        rung: transaction.rung,
        relying_party: transaction.relyingParty,
        purpose: transaction.purpose,
        attributes: transaction.claims,
        statement: transaction.statement,
        callback_url: callback.href,
        nonce,
        expires_at: transaction.expiresAt,
      });
      const { session_id, url } = parseAs(created, answer, 'unavailable/provider');
      return { url, data: { session: session_id, nonce } };
    },

    async callback(url, pending, signal) {
      const { session, nonce } = parseAs(remembered, pending.data, 'config/exchange');
      if (url.searchParams.get('session_id') !== session) {
        throw new IdVerifyError('session/callback_state', 'the way back of another session');
      }
      const answer = await call('POST', `sessions/${session}/finalize`, signal, { nonce });
      if (v.is(ended, answer)) return { outcome: 'ended', code: ENDS[answer.error] };
      const given = parseAs(finalized, answer, 'unavailable/provider');
      return completed(given, { ...pending, nonce, session });
    },

    async status({ data }, signal): Promise<Progress | undefined> {
      const { session } = parseAs(remembered, data, 'config/exchange');
      const answer = await call('GET', `sessions/${session}`, signal);
      if (v.is(ended, answer)) return { code: ENDS[answer.error] };
      const { phase } = parseAs(progress, answer, 'unavailable/provider');
      if (phase === 'created') return undefined;
      return { phase: phase === 'in_app' ? 'in_app' : 'card_read' };
    },

    async cancel(data, signal) {
      const { session } = parseAs(remembered, data, 'config/exchange');
      await call('DELETE', `sessions/${session}`, signal);
    },
  };

  /** Believes of the answer what the operator has signed. */
  async function completed(
    given: v.InferOutput<typeof finalized>,
    expected: Pending & { readonly nonce: string; readonly session: string },
  ): Promise<Outcome> {
    const { payload } = await jwtVerify(given.statement, keys, {
      algorithms: ['ES256'],
      audience: options.clientId,
      typ: 'transaction-statement+jwt',
    });
    const said = parseAs(stated, payload, 'unavailable/provider');
    if (said.nonce !== expected.nonce || said.session_id !== expected.session) {
      throw new IdVerifyError('session/callback_state', 'a statement for another session');
    }
    if (said.transaction_digest !== toBase64url(expected.digest)) {
      throw new IdVerifyError('unavailable/provider', 'a statement about another transaction');
    }
    const text = new TextEncoder().encode(given.attributes);
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', text));
    if (said.attributes_digest !== toBase64url(digest)) {
      throw new IdVerifyError('unavailable/provider', 'attributes that were not signed');
    }
    const read = parseAs(attributes, JSON.parse(given.attributes), 'unavailable/provider');
    const { salt: _, ...claims } = read;
    const { signature, certificate } = given;
    const result: HandoffResult = {
      rung: said.rung,
      statement: given.statement,
      claims: claims as HandoffResult['claims'],
      checks: [{ id: 'handoff.operator', outcome: 'passed' }],
      ...(said.certificate_status && { certificateStatus: said.certificate_status }),
      ...(signature &&
        certificate && {
          signature: { value: fromBase64url(signature), certificate: fromBase64url(certificate) },
        }),
    };
    return { outcome: 'completed', result };
  }
}
