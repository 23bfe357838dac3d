/**
 * デジタル認証アプリ: OpenID Connect for who the person is, and a signing transaction for what they
 * agreed to. Endpoints come from discovery; what public documents leave open can be set by name.
 */
import { importPKCS8 } from 'jose';
import * as client from 'openid-client';
import { toBase64url } from '../../../../wire/bytes.ts';
import type { ClaimName, NamedClaim, Rung, Text } from '../../../../wire/contract.ts';
import { IdVerifyError } from '../../../../wire/error.ts';
import { parseAs } from '../../../../wire/parse.ts';
import * as v from '../../../../wire/schema.ts';
import { type Claims, claimsIn } from '../../../claims.ts';
import type { Check, Environment } from '../../../method-verifier.ts';
import type { HandoffProvider, HandoffResult, Outcome, Pending } from '../provider.ts';
import { type SignNames, type SignTransactions, signTransactions } from './digital-auth-sign.ts';

export interface DigitalAuthEndpoints {
  /** The issuer's discovery document. */
  readonly discovery: string;
  /** Where digests are handed in. */
  readonly sign: string;
}

const at = (host: string): DigitalAuthEndpoints => ({
  discovery: `https://${host}/api/realms/main/.well-known/openid-configuration`,
  sign: `https://${host}/api/sign-transactions`,
});

/** Hosts as the Digital Agency's developer pages name them; the issuer itself is read from there. */
export const DIGITAL_AUTH_ENDPOINTS = {
  production: at('auth-and-sign.go.jp'),
  sandbox: at('sb-auth-and-sign.go.jp'),
} as const;

/** The site's registration with デジタル認証アプリ. */
export interface DigitalAuthOptions {
  /** Default `digital-auth`. */
  readonly id?: string;
  /** `production`, `sandbox`, or endpoints of your own. */
  readonly endpoints: keyof typeof DIGITAL_AUTH_ENDPOINTS | DigitalAuthEndpoints;
  /** Default: `test` unless the endpoints are `production`. */
  readonly environment?: Environment;
  readonly clientId: string;
  /** PKCS #8 PEM of the P-256 key for `private_key_jwt`, and its key id. */
  readonly clientKey: { readonly pem: string; readonly kid?: string };
  /** PKCS #8 PEM of the key to which signing results are encrypted. */
  readonly decryptionKey: { readonly pem: string; readonly alg: string };
  /** The app's name; it is to change when two apps become one. */
  readonly app?: Text;
  /** Default `jpki`. Card or phone is what the certificate's policy says. */
  readonly rungs?: readonly Rung[];
  /**
   * What is asked, separated by spaces. Default `aal3 crl`. The first of them is the one that `acr` of
   * the ID token must name.
   */
  readonly acrValues?: string;
  /** As in `HandoffProvider`; only when the sandbox has shown it. Default false. */
  readonly bindsBrowser?: boolean;
  readonly names?: Partial<SignNames>;
  readonly mayRetainCertificate?: boolean;
  /** Default: the runtime's own. */
  readonly fetch?: typeof globalThis.fetch;
}

/** Null where the service does not tell. */
const SCOPES = {
  name: 'name',
  address: 'address',
  birth_date: 'birthdate',
  sex: 'gender',
  portrait: null,
  age_in_years: null,
  local_gov_code: null,
  individual_number: null,
} as const satisfies Record<NamedClaim, string | null>;

const remembered = v.strictObject({ verifier: v.string(), sign: v.string() });

const person = v.object({
  name: v.optional(v.string()),
  address: v.optional(v.union([v.string(), v.object({ formatted: v.string() })])),
  birthdate: v.optional(v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d$/))),
  gender: v.optional(v.string()),
});

/**
 * The provider for デジタル認証アプリ.
 * @throws IdVerifyError `config/provider` without a value in `acrValues`
 */
export function digitalAuthApp(options: DigitalAuthOptions): HandoffProvider {
  const { endpoints, rungs = ['jpki'], acrValues = 'aal3 crl' } = options;
  const where = typeof endpoints === 'string' ? DIGITAL_AUTH_ENDPOINTS[endpoints] : endpoints;
  const environment = options.environment ?? (endpoints === 'production' ? 'production' : 'test');
  if (acrValues.trim() === '') {
    throw new IdVerifyError('config/provider', 'acrValues: at least one');
  }
  const send: client.CustomFetch = (url, init) =>
    (options.fetch ?? fetch)(url, init as RequestInit);
  let found: Promise<{ config: client.Configuration; signing: SignTransactions }> | undefined;

  /** Discovered once; a failure is not remembered. */
  function connect() {
    found ??= discover().catch((error: unknown) => {
      found = undefined;
      throw error;
    });
    return found;
  }

  async function discover() {
    const { pem, kid } = options.clientKey;
    const key = await importPKCS8(pem, 'ES256');
    const config = await client.discovery(
      new URL(where.discovery),
      options.clientId,
      { id_token_signed_response_alg: 'ES256' },
      client.PrivateKeyJwt(kid === undefined ? key : { key, kid }),
      {
        // A code flow may trust TLS alone; here the statement is kept, so its signature is checked.
        execute: [
          client.enableNonRepudiationChecks,
          ...(environment === 'test' ? [client.allowInsecureRequests] : []),
        ],
        timeout: 4,
        [client.customFetch]: send,
      },
    );
    const { decryptionKey, names = {} } = options;
    return { config, signing: await signTransactions(config, where.sign, decryptionKey, names) };
  }

  return {
    id: options.id ?? 'digital-auth',
    rungs,
    app: options.app ?? { ja: 'デジタル認証アプリ', en: 'the Digital Authentication App' },
    environment,
    claims: claimsIn(SCOPES),
    mayRetainCertificate: options.mayRetainCertificate ?? false,
    bindsBrowser: options.bindsBrowser ?? false,
    ready: async () => {
      await importPKCS8(options.clientKey.pem, 'ES256');
    },

    async start(transaction) {
      const { config, signing } = await connect();
      const verifier = client.randomPKCECodeVerifier();
      const sign = await signing.create(transaction.digest);
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: transaction.callback,
        scope: scopesFor(transaction.claims),
        state: transaction.state,
        nonce: nonceOf(transaction),
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        acr_values: acrValues,
        sign_transaction_id: sign,
      });
      return { url: url.href, data: { verifier, sign } };
    },

    async callback(url, pending) {
      const { config, signing } = await connect();
      const { verifier, sign } = parseAs(remembered, pending.data, 'config/exchange');
      const tokens = await exchange(config, url, pending, verifier);
      if (tokens === undefined) return { outcome: 'ended', code: 'incomplete/declined' };
      const idToken = tokens.claims();
      if (tokens.id_token === undefined || idToken === undefined) {
        throw new IdVerifyError('unavailable/provider', 'no ID token');
      }
      const [info, signature] = await Promise.all([
        client.fetchUserInfo(config, tokens.access_token, idToken.sub),
        signing.result(sign, tokens.access_token),
      ]);
      const result: HandoffResult = {
        rung: pending.rung,
        statement: tokens.id_token,
        statementIsPersonal: Object.values(SCOPES).some(
          (scope) => scope !== null && Object.hasOwn(idToken, scope),
        ),
        claims: claimsFrom(parseAs(person, info, 'unavailable/provider')),
        checks: [
          { id: 'handoff.operator', outcome: 'passed' },
          assuranceCheck(parseAs(authenticated, idToken, 'unavailable/provider'), acrValues),
        ],
        signature,
      };
      return { outcome: 'completed', result } satisfies Outcome;
    },
  };
}

const authenticated = v.object({
  acr: v.optional(v.string()),
  amr: v.optional(v.array(v.string())),
  auth_time: v.optional(v.number()),
});

/** How the person was authenticated, against what was asked: OpenID Connect Core 2, 3.1.2.1. */
function assuranceCheck(
  { acr, amr, auth_time: at }: v.InferOutput<typeof authenticated>,
  asked: string,
): Check {
  const [needed = ''] = asked.trim().split(/\s+/);
  const said = (acr ?? '').split(/\s+/);
  const detail = [
    `acr ${acr ?? 'missing'}`,
    ...(amr ? [`amr ${amr.join(' ')}`] : []),
    ...(at === undefined ? [] : [`auth_time ${at}`]),
  ].join(', ');
  const id = 'handoff.assurance';
  return needed !== '' && said.includes(needed)
    ? { id, outcome: 'passed', detail }
    : { id, outcome: 'failed', code: 'request_mismatch/assurance', detail };
}

/** The ID token repeats it, and so speaks about this one statement. */
const nonceOf = ({ digest }: Pick<Pending, 'digest'>): string => toBase64url(digest);

/** Ages come from the birth date. */
function scopesFor(claims: readonly ClaimName[]): string {
  const wanted = claims.map((claim) => (claim.startsWith('age_') ? 'birth_date' : claim));
  const scopes = Object.entries(SCOPES).flatMap(([claim, scope]) =>
    scope !== null && (wanted as string[]).includes(claim) ? [scope] : [],
  );
  return ['openid', ...scopes, 'sign'].join(' ');
}

/**
 * @returns undefined if the person declined
 * @throws IdVerifyError `session/callback_state` for a nonce that is not ours
 */
async function exchange(
  config: client.Configuration,
  url: URL,
  pending: Pending,
  verifier: string,
) {
  // The address as it was registered: a proxy in front may have changed what we see of it.
  const current = new URL(pending.callback);
  current.search = url.search;
  try {
    return await client.authorizationCodeGrant(config, current, {
      pkceCodeVerifier: verifier,
      // Compared before by its hash.
      expectedState: url.searchParams.get('state') ?? '',
      expectedNonce: nonceOf(pending),
      idTokenExpected: true,
    });
  } catch (error) {
    if (error instanceof client.AuthorizationResponseError) {
      if (error.error === 'access_denied') return undefined;
    }
    if (isNonce(error)) {
      throw new IdVerifyError('session/callback_state', 'the ID token has another nonce');
    }
    throw error;
  }
}

const nonceError = v.object({
  code: v.literal('OAUTH_JWT_CLAIM_COMPARISON_FAILED'),
  cause: v.object({ claim: v.literal('nonce') }),
});

/** However deep the library wraps it. */
const isNonce = (error: unknown): boolean =>
  v.is(nonceError, error) ||
  (error instanceof Error && error.cause instanceof Error && isNonce(error.cause));

function claimsFrom({ name, address, birthdate, gender }: v.InferOutput<typeof person>): Claims {
  const known = { male: 'male', female: 'female' } as const;
  return {
    ...(name !== undefined && { name }),
    ...(address !== undefined && {
      address: typeof address === 'string' ? address : address.formatted,
    }),
    ...(birthdate !== undefined && { birth_date: birthdate }),
    ...(gender !== undefined && {
      sex: gender === 'male' || gender === 'female' ? known[gender] : 'not_known',
    }),
  };
}
