/** What holds for every response: no bit of it matters to nobody, and it is good for one session only. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyDeviceResponse } from '../../src/mdoc/verify-device-response.ts';
import { utf8 } from '../../src/testing/issuer/bytes.ts';
import type { Cbor } from '../../src/testing/issuer/cbor.ts';
import { buildResponse, issue, present } from '../../src/testing/issuer/mdoc.ts';
import { MNC } from '../../src/testing/issuer/persons.ts';
import { createTestPki } from '../../src/testing/issuer/pki.ts';
import { isoMdocTranscript, openId4VpTranscript } from '../../src/testing/issuer/transcript.ts';
import { IdVerifyError } from '../../src/wire/error.ts';

const pki = createTestPki({ curve: 'P-256' });
const trustAnchors = [{ docType: MNC, certificates: [pki.iaca.certificate] }];
const elements = { x: { family_name: 'A', age_over_20: true } };
const requested = { x: { family_name: false, age_over_20: false } };
const now = Date.now();

const verify = (deviceResponse: Uint8Array, sessionTranscript: Uint8Array) =>
  verifyDeviceResponse({
    deviceResponse,
    sessionTranscript,
    trustAnchors,
    docType: MNC,
    requested,
    now,
  });

const session = isoMdocTranscript('gmVkY2FwaaA', 'https://rp.example');

/**
 * Where a bit may differ and nothing else does: the reason, what stands there (put there by this
 * test, so that it can be found), and how many bytes of label and head belong to it.
 */
const FREE: readonly (readonly [reason: string, text: string, before: number])[] = [
  ['no signature covers unprotected headers; only x5chain is read of them', '-unprotected-', 6],
  ['an unprotected header of the device, which nobody reads', '-device-header-', 6],
  ['a member of the response that the standard does not name', '-of-response-', 2],
  ['a member of the document that the standard does not name', '-of-document-', 2],
];

const response = buildResponse({
  pki,
  elements,
  sessionTranscript: session,
  edits: {
    headers: (it) => it.unprotected.set(-70_000, utf8('-unprotected-')),
    deviceProof: ([p, , b, s]) => [
      p,
      new Map<Cbor, Cbor>([[-70_000, utf8('-device-header-')]]),
      b,
      s,
    ],
    response: (it) => ({ ...it, y: utf8('-of-response-') }),
    document: (it) => ({ ...it, y: utf8('-of-document-') }),
  },
});

const outputs = (document: object): string =>
  JSON.stringify(document, (_, value) => (value instanceof Map ? [...value] : value));

test('every changed bit is refused, or lies where nothing is read and changes nothing', async (context) => {
  const original = outputs(await verify(response, session));
  const bytes = Buffer.from(response);
  const free = new Set<number>();
  for (const [reason, text, before] of FREE) {
    const start = bytes.indexOf(text) - before;
    const end = start + before + text.length;
    context.diagnostic(`bytes ${start} to ${end}: ${reason}`);
    for (let at = start; at < end; at++) free.add(at);
  }
  const version = bytes.indexOf('c1.0', 0, 'latin1') + 3;
  context.diagnostic(`byte ${version}: responses of version 1.0 and 1.1 are read alike`);
  free.add(version);
  const accepted = new Set<number>();
  for (let at = 0; at < response.length; at++) {
    for (const bit of [0, 3, 7]) {
      const changed = new Uint8Array(response);
      changed[at] = (changed[at] ?? 0) ^ (1 << bit);
      try {
        const document = await verify(changed, session);
        assert.equal(outputs(document), original, `byte ${at}, bit ${bit}`);
        accepted.add(at);
      } catch (error) {
        if (!(error instanceof IdVerifyError)) throw error;
      }
    }
  }
  const unexplained = [...accepted].filter((at) => !free.has(at));
  assert.deepEqual(
    unexplained.map((at) => `${at}: ${bytes.subarray(at - 12, at + 4).toString('latin1')}`),
    [],
  );
  assert.ok(accepted.size > 40, 'nothing was accepted: the good response is none');
});

test('a response for one session is refused by every other', async () => {
  const origins = ['https://rp.example', 'https://rp2.example', 'https://evil.example'];
  const nonces = ['gmVkY2FwaaA', 'b3RoZXI'];
  const keys = [null, new Uint8Array(32), new Uint8Array(32).fill(1)];
  const sessions = origins.flatMap((origin) =>
    nonces.flatMap((nonce) => [
      isoMdocTranscript(nonce, origin),
      ...keys.map((key) => openId4VpTranscript(origin, nonce, key)),
    ]),
  );
  const credential = issue({ signer: pki.signer, elements });
  const answers = sessions.map((sessionTranscript) =>
    present({ credentials: [credential], sessionTranscript }),
  );
  for (const [mine, transcript] of sessions.entries()) {
    for (const [index, answer] of answers.entries()) {
      const verdict = verify(answer, transcript);
      if (index === mine) await verdict;
      else await assert.rejects(verdict, { code: 'device_binding/signature' });
    }
  }
});
