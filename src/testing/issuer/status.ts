/**
 * Token status lists (draft-ietf-oauth-status-list), as CWT and as JWT, and identifier lists, as the
 * test issuer publishes them.
 */
import { type Bytes, base64, base64url, fromNumber, join, utf8 } from './bytes.ts';
import { type Cbor, encode, tag } from './cbor.ts';
import { sign1, x5chain } from './cose.ts';
import { sign } from './keys.ts';
import type { Identity } from './x509.ts';

export const STATUS = { valid: 0, invalid: 1, suspended: 2 } as const;

interface TokenPlan {
  signer: Identity;
  /** URI of the list, which is its `sub`. */
  uri: string;
  issuedAt: Date;
  expiresAt?: Date | undefined;
  /** Seconds. */
  ttl?: number | undefined;
  /** Replaces the type in the header. */
  type?: string;
}

export interface StatusListPlan extends TokenPlan {
  /** Status by index; every other index is valid. */
  statuses: Readonly<Record<number, number>>;
  /** Bits of one status. */
  bits?: 1 | 2 | 4 | 8;
  /** How many statuses the list has room for; at most 65,535 bytes of them. */
  size?: number;
  /** Replaces the packed list. */
  list?: Uint8Array;
}

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);

/** Statuses packed from the lowest bit of each byte up, in the form of zlib. */
export function packStatuses({ statuses, bits = 2, size = 1024, list }: StatusListPlan): Bytes {
  const bytes = new Uint8Array((size * bits) / 8);
  for (const [key, status] of Object.entries(statuses)) {
    const at = Number(key) * bits;
    bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (status << (at & 7));
  }
  return new Uint8Array(list ?? zlib(bytes));
}

/** RFC 1950 around one stored block (RFC 1951 section 3.2.4), which every inflater reads. */
function zlib(bytes: Uint8Array): Bytes {
  const [low, high] = [bytes.length & 0xff, bytes.length >> 8];
  const head = new Uint8Array([0x78, 0x01, 1, low, high, ~low & 0xff, ~high & 0xff]);
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return join(head, bytes, fromNumber((BigInt(b) << 16n) | BigInt(a), 4));
}

/** `application/statuslist+cwt`: COSE_Sign1, tag 18. */
export function statusListCwt(plan: StatusListPlan): Bytes {
  const list = { bits: plan.bits ?? 2, lst: packStatuses(plan) };
  return signCwt(plan, 'application/statuslist+cwt', [65533, list]);
}

export interface IdentifierListPlan extends TokenPlan {
  /** Identifiers of the documents that are revoked. */
  identifiers: readonly Uint8Array[];
}

/** `application/identifierlist+cwt` (ISO/IEC 18013-5 second edition): who is on it is revoked. */
export function identifierListCwt(plan: IdentifierListPlan): Bytes {
  const identifiers = new Map<Cbor, Cbor>(plan.identifiers.map((id) => [id, {}]));
  return signCwt(plan, 'application/identifierlist+cwt', [65530, { identifiers }]);
}

function signCwt(plan: TokenPlan, type: string, list: readonly [number, Cbor]): Bytes {
  const { signer, uri, issuedAt, expiresAt, ttl } = plan;
  const claims = new Map<Cbor, Cbor>([
    [2, uri],
    [6, seconds(issuedAt)],
    ...(expiresAt ? ([[4, seconds(expiresAt)]] as const) : []),
    ...(ttl === undefined ? [] : ([[65534, ttl]] as const)),
    list,
  ]);
  const header = new Map<Cbor, Cbor>([[16, plan.type ?? type], ...x5chain(signer.certificate)]);
  return encode(tag(18, sign1({ keys: signer.keys, payload: encode(claims), protected: header })));
}

/** `application/statuslist+jwt`: compact JWS, ES256. */
export function statusListJwt(plan: StatusListPlan): string {
  const { signer, uri, bits = 2, issuedAt, expiresAt, ttl } = plan;
  const header = {
    alg: 'ES256',
    typ: plan.type ?? 'statuslist+jwt',
    x5c: [base64(signer.certificate)],
  };
  const claims = {
    sub: uri,
    iat: seconds(issuedAt),
    ...(expiresAt && { exp: seconds(expiresAt) }),
    ...(ttl !== undefined && { ttl }),
    status_list: { bits, lst: base64url(packStatuses(plan)) },
  };
  const input = [header, claims].map((part) => base64url(utf8(JSON.stringify(part)))).join('.');
  return `${input}.${base64url(sign(signer.keys, utf8(input), 'ieee-p1363'))}`;
}
