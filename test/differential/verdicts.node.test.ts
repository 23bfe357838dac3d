/**
 * Our verdicts beside those of two libraries that share nothing with ours, on generated responses.
 * Agreement proves little, since they let much through; but no disagreement may be without a reason.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { MNC } from '../../demo/issuer/persons.ts';
import { verifyDeviceResponse } from '../../src/mdoc/verify-device-response.ts';
import { type Code, IdVerifyError } from '../../src/wire/error.ts';
import { Random } from '../fuzz/random.ts';
import { verifyByOwf } from '../interop/owf-mdoc.ts';
import { type Library, THEY_ACCEPT, THEY_REFUSE } from './reasons.ts';
import { pki, response, SESSION, TRANSCRIPT } from './responses.ts';

const RESPONSES = Number(process.env.DIFFERENTIAL ?? 2_000);
const roots = [pki.iaca.certificate];

async function ours(deviceResponse: Uint8Array): Promise<Code | undefined> {
  const trustAnchors = [{ docType: MNC, certificates: roots }];
  const options = { sessionTranscript: TRANSCRIPT, trustAnchors, docType: MNC, now: Date.now() };
  try {
    await verifyDeviceResponse({ deviceResponse, ...options });
    return undefined;
  } catch (error) {
    if (error instanceof IdVerifyError) return error.code;
    throw error;
  }
}

const auth0 = new Worker(new URL('auth0-worker.ts', import.meta.url));
after(() => auth0.terminate());

/** What they throw, whatever it is. */
async function theirs(library: Library, bytes: Uint8Array): Promise<string | undefined> {
  if (library === '@owf/mdoc') {
    return verifyByOwf(bytes, SESSION, roots).then(() => undefined, String);
  }
  auth0.postMessage([bytes, TRANSCRIPT, roots]);
  const [refusal] = await once(auth0, 'message');
  return refusal;
}

function reasonFor(library: Library, code: Code | undefined, message: string | undefined) {
  if (code !== undefined) return THEY_ACCEPT[library][code];
  return THEY_REFUSE[library].find(([pattern]) => pattern.test(message ?? ''))?.[1];
}

test(`${RESPONSES} responses: no disagreement without a reason`, async (context) => {
  // The same each time unless told: new reasons are looked for by hand.
  const seed = Number(process.env.FUZZ_SEED ?? 1);
  context.diagnostic(`seed ${seed} (FUZZ_SEED)`);
  const random = new Random(seed);
  const disagreements = new Map<string, number>();
  const unexplained: string[] = [];
  let accepted = 0;
  for (let i = 0; i < RESPONSES; i++) {
    const bytes = response(random);
    const code = await ours(bytes);
    if (code === undefined) accepted++;
    for (const library of ['@auth0/mdl', '@owf/mdoc'] as const) {
      const message = await theirs(library, bytes);
      if ((code === undefined) === (message === undefined)) continue;
      const reason = reasonFor(library, code, message);
      const key = `${library} ${code ? `accepts ${code}` : 'refuses'}: ${reason}`;
      disagreements.set(key, (disagreements.get(key) ?? 0) + 1);
      if (reason === undefined) {
        unexplained.push(
          `${library}: ours ${code ?? 'accepted'}, theirs ${message ?? 'accepted'}: ${Buffer.from(bytes).toString('hex')}`,
        );
      }
    }
  }
  for (const [key, count] of disagreements) context.diagnostic(`${count} × ${key}`);
  assert.deepEqual(unexplained, []);
  assert.ok(accepted > RESPONSES / 10 && accepted < RESPONSES / 2);
});
