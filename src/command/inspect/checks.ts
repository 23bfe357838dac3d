/** The checks of a verifier, as far as keys and anchors were given. */
import { webcrypto } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { EcPrivateJwk } from '../../crypto/provider.ts';
import { policyProblem, profileProblem, readJpkiCertificate } from '../../jpki/certificate.ts';
import { JPKI_SIGNING_POLICIES } from '../../jpki/policies.ts';
import { JpkiRefusedError, verifyJpkiSignature } from '../../jpki/verify.ts';
import { parseDeviceResponse } from '../../mdoc/device-response.ts';
import { decryptDeviceResponse } from '../../mdoc/hpke.ts';
import { MdocRefusedError } from '../../mdoc/report.ts';
import { isoMdocSessionTranscript } from '../../mdoc/transcript.ts';
import { verifyDeviceResponse } from '../../mdoc/verify-device-response.ts';
import type { Check } from '../../methods/method-verifier.ts';
import { pemBlocks } from '../../trust/pem.ts';
import { importVical } from '../../trust/vical.ts';
import { verifyEvidence } from '../../verifier/signature.ts';
import { toBase64url } from '../../wire/bytes.ts';
import { IdVerifyError } from '../../wire/error.ts';
import { type Arguments, textOf, UsageError } from '../command.ts';
import { decodeInput, type Input, readInput } from './input.ts';

/** What was found out beyond the bytes themselves. */
export interface Checked {
  readonly checks: readonly Check[];
  /** What was inside, where a key opened it. */
  readonly opened?: Input;
  /** What was not checked, and what that would need. */
  readonly missing?: string;
}

const NO_STDIN = { stdin: async () => new Uint8Array() };
const file = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch(() => {
    throw new UsageError(`cannot read ${path}`);
  });

export async function check({ kind, bytes }: Input, given: Arguments): Promise<Checked> {
  switch (kind) {
    case 'DeviceResponse':
      return checkResponse(bytes, given);
    case 'EncryptedResponse':
      return open(bytes, given);
    case 'envelope':
      return checkEnvelope(bytes, given);
    case 'VICAL':
      return checkVical(bytes, given);
    case 'certificate':
      return checkCard(bytes, given);
    default:
      return { checks: [] };
  }
}

async function checkResponse(deviceResponse: Uint8Array, given: Arguments): Promise<Checked> {
  const anchors = await anchorsOf(given);
  const sessionTranscript = await transcriptOf(given);
  if (!anchors || !sessionTranscript) {
    return {
      checks: [],
      missing: '--anchors, and --transcript or --origin with --encryption-info',
    };
  }
  const docType = textOf(given, 'doc-type') ?? docTypeOf(deviceResponse);
  const readerKey = await keyOf(given);
  const options = {
    deviceResponse,
    sessionTranscript,
    docType,
    trustAnchors: [{ docType, certificates: anchors }],
    now: nowOf(given),
    ...(readerKey && { readerKey }),
  };
  try {
    return { checks: (await verifyDeviceResponse(options)).checks };
  } catch (error) {
    if (error instanceof MdocRefusedError) return { checks: error.checks };
    return { checks: [failed('mdoc.structure', error)] };
  }
}

function docTypeOf(response: Uint8Array): string {
  try {
    return parseDeviceResponse(response).documents[0]?.docType ?? '';
  } catch {
    return '';
  }
}

async function open(bytes: Uint8Array, given: Arguments): Promise<Checked> {
  const privateKey = await keyOf(given);
  const sessionTranscript = await transcriptOf(given);
  if (!privateKey || !sessionTranscript) {
    return { checks: [], missing: '--key, --origin and --encryption-info open it' };
  }
  try {
    const response = toBase64url(bytes);
    const opened = await decryptDeviceResponse({ response, privateKey, sessionTranscript });
    return {
      checks: [{ id: 'wallet.decryption', outcome: 'passed' }],
      opened: { bytes: opened, kind: 'DeviceResponse' },
    };
  } catch (error) {
    return { checks: [failed('wallet.decryption', error)] };
  }
}

async function checkEnvelope(envelope: Uint8Array, given: Arguments): Promise<Checked> {
  const path = textOf(given, 'public-key');
  if (path === undefined) return { checks: [], missing: '--public-key' };
  const publicKey = JSON.parse(await file(path));
  try {
    await verifyEvidence({ envelope, publicKey });
    return { checks: [{ id: 'envelope.signature', outcome: 'passed' }] };
  } catch (error) {
    return { checks: [failed('envelope.signature', error)] };
  }
}

async function checkVical(vical: Uint8Array, given: Arguments): Promise<Checked> {
  const trusted = await anchorsOf(given);
  if (!trusted) return { checks: [], missing: '--anchors' };
  try {
    const { provider } = await importVical({ vical, trusted, now: nowOf(given) });
    return { checks: [{ id: 'vical', outcome: 'passed', detail: provider }] };
  } catch (error) {
    return { checks: [failed('vical', error)] };
  }
}

/** A 署名用電子証明書, and what it has signed; of other certificates nothing is said. */
async function checkCard(certificate: Uint8Array, given: Arguments): Promise<Checked> {
  const { card, phone, testCard } = JPKI_SIGNING_POLICIES;
  const policies = [card, phone, testCard];
  const [anchors, signature, signed] = [
    await anchorsOf(given),
    await bytesOf(given, 'signature'),
    await bytesOf(given, 'signed'),
  ];
  try {
    const read = readJpkiCertificate(certificate);
    if (read.policy === undefined || policyProblem(read, policies)) return { checks: [] };
    if (!anchors || !signature || !signed) {
      const detail = profileProblem(read);
      const profile: Check = detail
        ? { id: 'jpki.profile', outcome: 'failed', code: 'untrusted_issuer/profile', detail }
        : { id: 'jpki.profile', outcome: 'passed' };
      const policy: Check = { id: 'jpki.policy', outcome: 'passed', detail: read.policy };
      return { checks: [policy, profile], missing: '--anchors, --signature and --signed' };
    }
    const now = nowOf(given);
    const options = { certificate, signature, signed, trustAnchors: anchors, policies, now };
    return { checks: (await verifyJpkiSignature(options)).checks };
  } catch (error) {
    if (error instanceof JpkiRefusedError) return { checks: error.checks };
    return { checks: [failed('jpki.certificate', error)] };
  }
}

async function bytesOf(given: Arguments, name: string): Promise<Uint8Array | undefined> {
  const path = textOf(given, name);
  if (path === undefined) return undefined;
  const found = await readFile(path).catch(() => {
    throw new UsageError(`--${name}: cannot read ${path}`);
  });
  return new Uint8Array(found);
}

function failed(id: string, error: unknown): Check {
  if (!(error instanceof IdVerifyError)) throw error;
  if (error.category === 'config') throw new UsageError(error.message);
  return { id, outcome: 'failed', code: error.code, detail: error.message };
}

async function anchorsOf(given: Arguments): Promise<Uint8Array[] | undefined> {
  const path = textOf(given, 'anchors');
  if (path === undefined) return undefined;
  const found = pemBlocks(await file(path), 'CERTIFICATE');
  if (found.length === 0) throw new UsageError(`--anchors: no certificate (PEM) in ${path}`);
  return found;
}

/** As it is, or as a browser's answer has it. A tag 24 around it is taken off. */
async function transcriptOf(given: Arguments): Promise<Uint8Array | undefined> {
  const told = textOf(given, 'transcript');
  if (told !== undefined) return withoutTag(decodeInput(await readInput(told, NO_STDIN)).bytes);
  const [origin, encryptionInfo] = [textOf(given, 'origin'), textOf(given, 'encryption-info')];
  if (origin === undefined || encryptionInfo === undefined) return undefined;
  const info = decodeInput(await readInput(encryptionInfo, NO_STDIN)).bytes;
  return isoMdocSessionTranscript({ encryptionInfo: toBase64url(info), origin });
}

function withoutTag(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0xd8 || bytes[1] !== 24) return bytes;
  const heads: Readonly<Record<number, number>> = { 88: 4, 89: 5, 90: 7 };
  return bytes.subarray(heads[bytes[2] ?? 0] ?? 3);
}

/** A private key of P-256: JSON Web Key, or PKCS #8 in PEM. */
async function keyOf(given: Arguments): Promise<EcPrivateJwk | undefined> {
  const path = textOf(given, 'key');
  if (path === undefined) return undefined;
  const text = await file(path);
  if (!text.includes('PRIVATE KEY')) return JSON.parse(text);
  const [der = new Uint8Array()] = pemBlocks(text, 'PRIVATE KEY');
  const algorithm = { name: 'ECDH', namedCurve: 'P-256' };
  const key = await webcrypto.subtle.importKey('pkcs8', der, algorithm, true, ['deriveBits']);
  return (await webcrypto.subtle.exportKey('jwk', key)) as EcPrivateJwk;
}

function nowOf(given: Arguments): number {
  const told = textOf(given, 'now');
  const now = told === undefined ? Date.now() : Date.parse(told);
  if (Number.isNaN(now))
    throw new UsageError(`--now: an instant like 2026-01-31T00:00:00Z, not ${told}`);
  return now;
}
