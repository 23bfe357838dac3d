/** Status list tokens, draft-ietf-oauth-status-list sections 4 and 5, in both forms: CWT and JWT. */
import { joseScheme } from '../crypto/algorithms.ts';
import { readCose, verifySign1, x5chain } from '../crypto/cose.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import { fromBase64, fromBase64url, utf8 } from '../wire/bytes.ts';
import { readCbor, Tagged } from '../wire/cbor.ts';
import { IdVerifyError } from '../wire/error.ts';
import { asBytes, asMap, asText, asUint } from '../wire/fields.ts';
import { MDOC_RULES } from '../wire/reader.ts';
import * as v from '../wire/schema.ts';
import { type Certificate, certificateKey, parseCertificate } from './certificate.ts';
import { type PublishedList, readLimited } from './published-list.ts';

export interface StatusList extends PublishedList {
  /** `sub`: the address this list is for. */
  readonly uri: string;
  readonly signer: Certificate;
  /** The status at an index; undefined behind the end of the list. */
  readonly statusAt: (index: number) => number | undefined;
  /** Whether the signer's key made the token's signature. */
  readonly verify: (crypto: CryptoProvider) => Promise<boolean>;
}

/** What both forms come down to; times in seconds since 1970. */
interface Claims {
  readonly sub: string;
  readonly iat: number;
  readonly exp: number | undefined;
  readonly ttl: number | undefined;
  readonly bits: number;
  readonly list: Uint8Array;
}

const MAX_STATUSES = 4_000_000;
const CLAIM = { sub: 2, exp: 4, iat: 6, ttl: 65_534, statusList: 65_533 } as const;
const HEADER_TYPE = 16;

function malformed(what: string, cause?: unknown): IdVerifyError {
  return new IdVerifyError('malformed/status_list', `status list: ${what}`, { cause });
}

/** @throws IdVerifyError `malformed/*`, `limit/*`, `unsupported/*` */
export function parseStatusList(token: Uint8Array): Promise<StatusList> {
  // A compact JWS starts with a base64url object, a COSE_Sign1 with a tag or an array.
  return token[0] === 0x65 ? parseJwt(new TextDecoder().decode(token)) : parseCwt(token);
}

async function parseCwt(token: Uint8Array): Promise<StatusList> {
  const value = readCbor(token, MDOC_RULES);
  const message = readCose(
    value instanceof Tagged && value.tag === 18 ? value.value : value,
    'status list',
  );
  if (message.protectedHeader.get(HEADER_TYPE) !== 'application/statuslist+cwt') {
    throw malformed('type');
  }
  const payload = message.payload ?? new Uint8Array();
  const claims = asMap(readCbor(payload, MDOC_RULES), 'status list claims');
  const list = asMap(claims.get(CLAIM.statusList), 'status_list');
  const seconds = (name: 'exp' | 'ttl') => {
    const claim = claims.get(CLAIM[name]);
    return claim === undefined ? undefined : asUint(claim, name);
  };
  const signer = readSigner(x5chain(message));
  return build(
    {
      sub: asText(claims.get(CLAIM.sub), 'sub'),
      iat: asUint(claims.get(CLAIM.iat), 'iat'),
      exp: seconds('exp'),
      ttl: seconds('ttl'),
      bits: asUint(list.get('bits'), 'bits'),
      list: asBytes(list.get('lst'), 'lst'),
    },
    signer,
    (crypto) =>
      verifySign1(message, payload, signer.publicKey, crypto, () => certificateKey(signer, crypto)),
  );
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
  const claims = { sub, iat, exp, ttl, bits: list.bits, list: fromBase64url(list.lst) };
  const signed = fromBase64url(signature);
  return build(claims, signer, async (crypto) => {
    const scheme = joseScheme(alg, signer.publicKey);
    const key = await certificateKey(signer, crypto);
    return key.verify(scheme, utf8(`${header}.${payload}`), signed);
  });
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

async function build(
  { sub, iat, exp, ttl, bits, list }: Claims,
  signer: Certificate,
  verify: StatusList['verify'],
): Promise<StatusList> {
  if (![1, 2, 4, 8].includes(bits)) throw malformed('bits');
  const statuses = await inflate(list);
  const ends = [exp, ttl === undefined ? undefined : iat + ttl].filter((it) => it !== undefined);
  return {
    uri: sub,
    issuedAt: iat * 1000,
    staleAt: ends.length > 0 ? Math.min(...ends) * 1000 : undefined,
    signer,
    statusAt: (index) => {
      const byte = statuses[Math.floor((index * bits) / 8)];
      return byte === undefined ? undefined : (byte >> ((index * bits) % 8)) & (2 ** bits - 1);
    },
    verify,
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
