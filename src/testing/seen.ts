/**
 * What the server saw, for the page that explains it: requests, evidence and checks, decoded. Part
 * of the demo only, where every person is invented; a real service shows this to nobody.
 */
import type { EvidenceRecord, Store } from '../verifier/index.ts';
import { fromBase64url, toHex } from '../wire/bytes.ts';
import { type CborValue, Embedded, Tagged } from '../wire/cbor.ts';
import { MDOC_RULES } from '../wire/cbor-rules.ts';
import { type MethodId, RUNGS } from '../wire/contract.ts';
import { parseEnvelope } from '../wire/envelope.ts';
import { readCbor } from '../wire/reader.ts';

/** Serves `GET /demo/inspect/{sessionId}`. @returns undefined for any other request */
export function inspectHandler(store: Store): (request: Request) => Promise<Response | undefined> {
  return async (request) => {
    const { pathname } = new URL(request.url);
    const id = /^\/demo\/inspect\/([A-Za-z0-9_-]{22})$/.exec(pathname)?.[1];
    if (id === undefined || request.method !== 'GET') return undefined;
    const session = await store.get(id);
    if (session === undefined) return new Response(null, { status: 404 });
    const { state, profile, environment, attemptsLeft, code } = session;
    const asked = session.exchanges.map(({ id, createdAt, data }) => ({
      id,
      createdAt,
      requests: requestsIn(data),
    }));
    const evidence = (await store.evidence(id)).map(showEvidence);
    const document = (await store.personal(id)).find(({ name }) => name === 'document')?.value;
    const body = {
      session: { id, state, profile, environment, attemptsLeft, code },
      asked,
      evidence,
      ...(document && showDocument(document, (session.outcome ?? session.held)?.method)),
    };
    return Response.json(body, { headers: { 'cache-control': 'no-store' } });
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function requestsIn(data: unknown) {
  const { requests } = isObject(data) ? data : {};
  if (!isObject(requests)) return [];
  return Object.entries(requests).map(([protocol, sent]) => ({
    protocol,
    data: decodeRequest(sent),
  }));
}

/** Every part of a request that is CBOR or a JWS, opened. */
function decodeRequest(data: unknown): unknown {
  if (!isObject(data)) return data;
  const { deviceRequest, encryptionInfo, request, payload } = data;
  if (typeof deviceRequest === 'string' && typeof encryptionInfo === 'string') {
    return { deviceRequest: cbor(deviceRequest), encryptionInfo: cbor(encryptionInfo) };
  }
  const [header = '', body = ''] = typeof request === 'string' ? request.split('.') : [];
  if (body !== '') return { header: jsonPart(header), payload: jsonPart(body) };
  return typeof payload === 'string' ? { payload: jsonPart(payload) } : data;
}

const cbor = (text: string) => show(readCbor(fromBase64url(text), MDOC_RULES));
const jsonPart = (text: string): unknown =>
  JSON.parse(new TextDecoder().decode(fromBase64url(text)));

/** What the wallet answered, or what the operator of a JPKI app stated. */
function showDocument(document: Uint8Array, method: MethodId | undefined) {
  if (method === 'wallet') return { deviceResponse: show(readCbor(document, MDOC_RULES)) };
  if (!RUNGS.some((rung) => rung === method)) return undefined;
  const [header = '', payload = ''] = new TextDecoder().decode(document).split('.');
  return { operatorStatement: { header: jsonPart(header), payload: jsonPart(payload) } };
}

function showEvidence({
  seq,
  method,
  receivedAt,
  hash,
  envelope,
  code,
  checks,
  proof,
}: EvidenceRecord) {
  const { sent, ...facts } = proof;
  return {
    seq,
    method,
    receivedAt,
    hash,
    code,
    checks,
    ...(typeof sent === 'string' && { request: decodeRequest(JSON.parse(sent)) }),
    facts,
    ...(envelope && { envelope: showEnvelope(envelope) }),
  };
}

function showEnvelope(envelope: Uint8Array) {
  const { payload, signature } = parseEnvelope(envelope);
  const { challenge, prev, body, ...plain } = payload;
  return {
    ...plain,
    challenge: bytes(challenge),
    prev: bytes(prev),
    body: show(body),
    signature: bytes(signature),
  };
}

const SHOWN_BYTES = 32;
const SHOWN_TEXT = 200;

const bytes = (value: Uint8Array) => ({
  bytes: value.length,
  hex: toHex(value.subarray(0, SHOWN_BYTES)) + (value.length > SHOWN_BYTES ? '…' : ''),
});

/** CBOR as JSON a person can read. */
function show(value: CborValue): unknown {
  if (value instanceof Uint8Array) return bytes(value);
  if (value instanceof Embedded) return { embedded: show(readCbor(value.content, MDOC_RULES)) };
  if (value instanceof Tagged) return { tag: value.tag, value: show(value.value) };
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, item]) => [String(key), show(item)]));
  }
  if (Array.isArray(value)) return value.map(show);
  if (typeof value === 'bigint') return String(value);
  return typeof value === 'string' && value.length > SHOWN_TEXT
    ? `${value.slice(0, SHOWN_TEXT)}…`
    : value;
}
