/** What was given: bytes, and what kind of message they are. */
import { readFile, stat } from 'node:fs/promises';
import { pemBlocks } from '../../trust/pem.ts';
import { fromBase64, fromBase64url, fromHex } from '../../wire/bytes.ts';
import { type Io, UsageError } from '../command.ts';
import type { Kind } from './shapes.ts';

/** A megabyte. */
export const MOST_BYTES = 2 ** 20;

export interface Input {
  readonly bytes: Uint8Array;
  readonly kind: Kind | 'certificate' | 'revocation list' | 'JWT';
}

/**
 * @param given a file, what would be in one, or `-` for standard input
 * @throws UsageError
 */
export async function readInput(given: string, { stdin }: Pick<Io, 'stdin'>): Promise<Uint8Array> {
  if (given === '-') return bounded(await stdin());
  const found = given.length < 1_000 ? await stat(given).catch(() => undefined) : undefined;
  if (!found) return bounded(new TextEncoder().encode(given));
  if (!found.isFile()) throw new UsageError(`${given} is not a file`);
  if (found.size > 2 * MOST_BYTES + 2) throw tooLong();
  return bounded(new Uint8Array(await readFile(given)));
}

function bounded(bytes: Uint8Array): Uint8Array {
  if (bytes.length > 2 * MOST_BYTES + 2) throw tooLong();
  return bytes;
}

const tooLong = () => new UsageError('more than a megabyte');

/** Binary as it is; PEM, hexadecimal, base64 and base64url as what they say. @throws UsageError */
export function decodeInput(raw: Uint8Array): Input {
  const text = asText(raw)?.trim();
  if (text === undefined) return known(raw);
  for (const label of ['CERTIFICATE', 'X509 CRL']) {
    const [block] = text.includes(`-----BEGIN ${label}`) ? pemBlocks(text, label) : [];
    if (block) return known(block);
  }
  if (/^[\w-]+\.[\w-]+\.[\w-]*$/.test(text)) return { bytes: raw, kind: 'JWT' };
  const compact = text.replace(/\s+/g, '');
  for (const decode of [fromHex, fromBase64url, fromBase64]) {
    try {
      return known(decode(compact));
    } catch {
      // Then it is the next of them.
    }
  }
  throw new UsageError('neither a file nor hexadecimal, base64, base64url or PEM');
}

/** Undefined where a byte says that it is no text. */
function asText(bytes: Uint8Array): string | undefined {
  const isPlain = bytes.every((byte) => (byte > 31 && byte < 127) || (byte > 8 && byte < 14));
  return isPlain ? new TextDecoder().decode(bytes) : undefined;
}

function known(bytes: Uint8Array): Input {
  if (bytes.length === 0) throw new UsageError('nothing was given');
  if (bytes.length > MOST_BYTES) throw tooLong();
  return { bytes, kind: kindOf(bytes) };
}

const contains = (bytes: Uint8Array, text: string): boolean => Buffer.from(bytes).includes(text);

/** By what a message of the kind begins with or cannot be without. */
function kindOf(bytes: Uint8Array): Input['kind'] {
  const [first = 0] = bytes;
  if (first === 0x30 && bytes.length > 100) {
    // The version of a list is a number, that of a certificate stands in brackets of its own.
    const inner = bytes.subarray(0, 16).join(',');
    return /,160,3,2,1,/.test(inner) ? 'certificate' : 'revocation list';
  }
  const start = bytes.subarray(0, 400);
  const isMap = first >> 5 === 5;
  if (isMap && contains(start, 'docRequests')) return 'DeviceRequest';
  if (isMap && contains(start, 'version')) return 'DeviceResponse';
  if (first === 0x82 && contains(bytes.subarray(0, 12), 'dcapi')) {
    return contains(start, 'recipientPublicKey') ? 'EncryptionInfo' : 'EncryptedResponse';
  }
  if (first !== 0x84 && first !== 0xd2) return 'CBOR';
  if (contains(start, 'application/id-verify+cbor')) return 'envelope';
  if (contains(start, 'statuslist+cwt') || contains(start, 'identifierlist+cwt'))
    return 'status list';
  return contains(bytes, 'vicalProvider') ? 'VICAL' : 'COSE';
}
