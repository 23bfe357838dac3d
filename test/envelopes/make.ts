/**
 * Writes the committed envelope vectors anew: `node test/envelopes/make.ts`. The keys are made for
 * the file and forgotten; only their public halves and the signatures are kept.
 */
import { writeFileSync } from 'node:fs';
import { chainStart, type PhotoBody } from '../../src/methods/photo/evidence.ts';
import { toBase64url, toHex, utf8 } from '../../src/wire/bytes.ts';
import type { CborInput } from '../../src/wire/cbor.ts';
import type { MethodId } from '../../src/wire/contract.ts';
import { envelopeHash, sealEnvelope } from '../../src/wire/envelope.ts';

const sha256 = async (text: string) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(text)));

const handoff = async (rung: string) => ({
  handoff: 'hand-off-1',
  rung,
  transactionDigest: await sha256('transaction'),
  statementHash: await sha256('statement'),
});

/** One shot of one side: enough for every member that must be there. */
async function manifest(): Promise<PhotoBody> {
  const photo = 'photo-1';
  const at = 1_795_305_500_000;
  return {
    photo,
    document: 'my-number-card',
    shots: [
      {
        seq: 0,
        prev: await chainStart(photo),
        step: 'front',
        attempt: 1,
        image: {
          sha256: await sha256('front'),
          size: 123_456,
          type: 'image/jpeg',
          width: 1_600,
          height: 1_009,
        },
        masks: [],
        origin: 'camera',
        capture: 'auto',
        times: { shown: at, taken: at + 4_000, accepted: at + 7_000 },
        receipt: await sha256('receipt'),
        flags: [],
      },
    ],
    skipped: [],
    discarded: 0,
    environment: { analysis: 'worker', interruptions: 0 },
    consent: { text: 'photo/1', lang: 'ja', at },
    count: 1,
    final: true,
  };
}

const BODIES: Record<MethodId, CborInput> = {
  wallet: { request: 'request-1', protocol: 'org-iso-mdoc', data: { response: 'gmVkY2FwaQ' } },
  jpki: await handoff('jpki'),
  'jpki-mobile': await handoff('jpki-mobile'),
  'ic-chip': await handoff('ic-chip'),
  photo: await manifest(),
};

async function vector(method: MethodId, body: CborInput) {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(
    { name: 'ECDSA', namedCurve: 'P-256' },
    true,
    ['sign', 'verify'],
  );
  const sign = async (bytes: Uint8Array<ArrayBuffer>) =>
    new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, bytes));
  const challenge = await sha256(`challenge of ${method}`);
  const common = {
    v: 1 as const,
    sid: toBase64url(challenge.subarray(0, 16)),
    challenge,
    aud: 'https://verifier.example/id-verify',
    origin: 'https://shop.example',
    method,
    widget: '0.1.0',
  };
  const evidence = await sealEnvelope(
    { ...common, seq: 0, prev: await envelopeHash(challenge), at: 1_795_305_600_000, body },
    sign,
  );
  const confirmation = await sealEnvelope(
    {
      ...common,
      seq: 1,
      prev: await envelopeHash(evidence),
      at: 1_795_305_660_000,
      body: { reviewHash: await sha256('review') },
    },
    sign,
  );
  const { x, y } = await crypto.subtle.exportKey('jwk', publicKey);
  return {
    method,
    publicKey: { kty: 'EC', crv: 'P-256', x, y },
    evidence: toHex(evidence),
    confirmation: toHex(confirmation),
  };
}

const vectors = [];
for (const [method, body] of Object.entries(BODIES)) {
  vectors.push(await vector(method as MethodId, body));
}
const file = new URL('./envelopes.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(vectors, null, 2)}\n`);
