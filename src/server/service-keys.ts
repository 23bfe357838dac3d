/** Who of the site's own servers may ask what: keys kept as hashes, compared in constant time. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { IdVerifyError } from '../wire/error.ts';

export const SCOPES = ['mint', 'results', 'support', 'reviews', 'erase', 'backup'] as const;

export type Scope = (typeof SCOPES)[number];

/** Any number may be valid at once, so that a key is replaced without a gap. */
export interface ServiceKey {
  /** SHA-256 of the key, hexadecimal: `printf %s "$KEY" | sha256sum`. */
  readonly sha256: string;
  readonly scopes: readonly Scope[];
}

export type ServiceKeys = Readonly<Record<string, ServiceKey>>;

/** Every mistake, each by name. */
export function mistakesIn(keys: ServiceKeys): string[] {
  const named = Object.entries(keys);
  if (named.length === 0) return ['service.keys: at least one, { name: { sha256, scopes } }'];
  return named.flatMap(([name, { sha256, scopes }]) => [
    ...(/^[0-9a-f]{64}$/.test(sha256 ?? '')
      ? []
      : [`service.keys.${name}.sha256: 64 hexadecimal digits, the SHA-256 of the key`]),
    ...(Array.isArray(scopes) && scopes.length > 0 && scopes.every((one) => SCOPES.includes(one))
      ? []
      : [`service.keys.${name}.scopes: some of ${SCOPES.join(', ')}`]),
  ]);
}

const digest = (key: string): Buffer => createHash('sha256').update(key).digest();

/**
 * @returns the name of the key
 * @throws IdVerifyError `session/unauthorized` without a known key, `policy/scope` for one that may not
 */
export function authorizedBy(keys: ServiceKeys, { headers }: Request, scope?: Scope): string {
  const [, key = ''] = /^Bearer (\S+)$/i.exec(headers.get('authorization') ?? '') ?? [];
  const given = digest(key);
  let found: readonly [string, ServiceKey] | undefined;
  // All of them, so that the time tells nothing of which.
  for (const entry of Object.entries(keys)) {
    if (timingSafeEqual(given, Buffer.from(entry[1].sha256, 'hex'))) found = entry;
  }
  if (found === undefined) throw new IdVerifyError('session/unauthorized', 'no such service key');
  const [name, { scopes }] = found;
  if (scope !== undefined && !scopes.includes(scope)) {
    throw new IdVerifyError('policy/scope', `the key ${name} is not for ${scope}`);
  }
  return name;
}
