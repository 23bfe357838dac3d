/**
 * Lists of revoked documents: status list tokens (draft-ietf-oauth-status-list sections 4 and 5, as
 * CWT and as JWT), and identifier lists (ISO/IEC 18013-5, second edition, as CWT).
 */
import { joseScheme } from '../crypto/algorithms.ts';
import { readCose, verifySign1, x5chain } from '../crypto/cose.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import { fromBase64, fromBase64url, toHex, utf8 } from '../wire/bytes.ts';
import { Tagged } from '../wire/cbor.ts';
import { MDOC_RULES, type ReaderRules } from '../wire/cbor-rules.ts';
import { IdVerifyError } from '../wire/error.ts';
import { asBytes, asMap, asText, asUint } from '../wire/fields.ts';
import { readCbor } from '../wire/reader.ts';
import * as v from '../wire/schema.ts';
import { type Certificate, certificateKey, parseCertificate } from './certificate.ts';
import { type PublishedList, readLimited } from './published-list.ts';

/** What every such list is, whatever it lists. */
export interface SignedList extends PublishedList {
  /** `sub`: the address this list is for. */
  readonly uri: string;
  readonly signer: Certificate;
  /** Whether the signer's key made the token's signature. */
  readonly verify: (crypto: CryptoProvider) => Promise<boolean>;
}

export interface StatusList extends SignedList {
  /** The status at an index; undefined behind the end of the list. */
  readonly statusAt: (index: number) => number | undefined;
}

export interface IdentifierList extends SignedList {
  /** Whether a document is listed, which means that it is revoked. */
  readonly has: (identifier: Uint8Array) => boolean;
}

/** What every form comes down to; times in seconds since 1970. */
interface Claims {
  readonly sub: string;
  readonly iat: number;
  readonly exp: number | undefined;
  readonly ttl: number | undefined;
}

const MAX_STATUSES = 4_000_000;
const CLAIM = { sub: 2, exp: 4, iat: 6, ttl: 65_534, statusList: 65_533, identifierList: 65_530 };
const HEADER_TYPE = 16;

function malformed(what: string, cause?: unknown): IdVerifyError {
  return new IdVerifyError('malformed/status_list', `status list: ${what}`, { cause });
}

/** @throws IdVerifyError `malformed/*`, `limit/*`, `unsupported/*` */
export function parseStatusList(token: Uint8Array): Promise<StatusList> {
  // A compact JWS starts with a base64url object, a COSE_Sign1 with a tag or an array.
  return token[0] === 0x65 ? parseJwt(new TextDecoder().decode(token)) : parseCwt(token);
}

/** The claims of a list as CWT, and the list as far as it is signed and dated. */
function readCwt(token: Uint8Array, type: string, rules: ReaderRules) {
  const value = readCbor(token, rules);
  const message = readCose(
    value instanceof Tagged && value.tag === 18 ? value.value : value,
    'status list',
  );
  if (message.protectedHeader.get(HEADER_TYPE) !== type) throw malformed('type');
  const payload = message.payload ?? new Uint8Array();
  const claims = asMap(readCbor(payload, rules), 'status list claims');
  const optional = (name: 'exp' | 'ttl') => {
    const claim = claims.get(CLAIM[name]);
    return claim === undefined ? undefined : asUint(claim, name);
  };
  const signer = readSigner(x5chain(message));
  const list = signedList(
    {
      sub: asText(claims.get(CLAIM.sub), 'sub'),
      iat: asUint(claims.get(CLAIM.iat), 'iat'),
      exp: optional('exp'),
      ttl: optional('ttl'),
    },
    signer,
    (crypto) =>
      verifySign1(message, payload, signer.publicKey, crypto, () => certificateKey(signer, crypto)),
  );
  return { claims, list };
}

async function parseCwt(token: Uint8Array): Promise<StatusList> {
  const { claims, list } = readCwt(token, 'application/statuslist+cwt', MDOC_RULES);
  const statuses = asMap(claims.get(CLAIM.statusList), 'status_list');
  const bits = asUint(statuses.get('bits'), 'bits');
  return { ...list, statusAt: await unpack(bits, asBytes(statuses.get('lst'), 'lst')) };
}

/** Identifiers are the keys of a map, one for each revoked document. */
const IDENTIFIER_RULES: ReaderRules = {
  ...MDOC_RULES,
  maxBytes: 2 ** 23,
  maxItems: 500_000,
  maxMapEntries: 200_000,
  byteKeys: true,
};

/** @throws IdVerifyError `malformed/*`, `limit/*`, `unsupported/*` */
export function parseIdentifierList(token: Uint8Array): IdentifierList {
  const { claims, list } = readCwt(token, 'application/identifierlist+cwt', IDENTIFIER_RULES);
  const content = asMap(claims.get(CLAIM.identifierList), 'identifier_list');
  const keys: readonly unknown[] = [...asMap(content.get('identifiers'), 'identifiers').keys()];
  const listed = new Set(keys.map((key) => key instanceof Uint8Array && toHex(key)));
  return { ...list, has: (identifier) => listed.has(toHex(identifier)) };
}

const seconds = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const jwtHeader = v.object({
  alg: v.string(),
  typ: v.literal('statuslist+jwt'),
  crit: v.optional(v.never()),
  x5c: v.array(v.string()),
});
const jwtClaims = v.object({
  sub: v.string(),
  iat: seconds,
  exp: v.optional(seconds),
  ttl: v.optional(seconds),
  status_list: v.object({ bits: v.number(), lst: v.string() }),
});

async function parseJwt(token: string): Promise<StatusList> {
  const [header = '', payload = '', signature = '', ...more] = token.split('.');
  if (more.length > 0) throw malformed('not a compact JWS');
  const { alg, x5c } = parseJson(jwtHeader, header);
  const { sub, iat, exp, ttl, status_list: list } = parseJson(jwtClaims, payload);
  const signer = readSigner(x5c.map(fromBase64));
  const signed = fromBase64url(signature);
  const verify: SignedList['verify'] = async (crypto) => {
    const scheme = joseScheme(alg, signer.publicKey);
    const key = await certificateKey(signer, crypto);
    return key.verify(scheme, utf8(`${header}.${payload}`), signed);
  };
  const statusAt = await unpack(list.bits, fromBase64url(list.lst));
  return { ...signedList({ sub, iat, exp, ttl }, signer, verify), statusAt };
}

function parseJson<S extends v.Schema>(schema: S, part: string) {
  const bytes = fromBase64url(part);
  try {
    return v.parse(schema, JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (cause) {
    throw malformed('not a status list token', cause);
  }
}

function readSigner([certificate]: readonly Uint8Array[]): Certificate {
  if (!certificate) throw malformed('no signer certificate');
  return parseCertificate(certificate);
}

function signedList(
  { sub, iat, exp, ttl }: Claims,
  signer: Certificate,
  verify: SignedList['verify'],
): SignedList {
  return {
    uri: sub,
    issuedAt: iat * 1000,
    staleAt: exp === undefined ? undefined : exp * 1000,
    // draft-ietf-oauth-status-list 13.7: `ttl` says when to fetch again, `exp` when it is over.
    refreshAfter: ttl === undefined ? (exp === undefined ? 0 : undefined) : ttl * 1000,
    signer,
    verify,
  };
}

async function unpack(bits: number, list: Uint8Array): Promise<StatusList['statusAt']> {
  if (![1, 2, 4, 8].includes(bits)) throw malformed('bits');
  const statuses = await inflate(list);
  return (index) => {
    const byte = statuses[Math.floor((index * bits) / 8)];
    return byte === undefined ? undefined : (byte >> ((index * bits) % 8)) & (2 ** bits - 1);
  };
}

/** ZLIB (RFC 1950), as every list is compressed. */
async function inflate(compressed: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([compressed as BlobPart])
    .stream()
    .pipeThrough(new DecompressionStream('deflate'));
  try {
    return await readLimited(stream, MAX_STATUSES);
  } catch (cause) {
    throw cause instanceof IdVerifyError ? cause : malformed('not compressed', cause);
  }
}
