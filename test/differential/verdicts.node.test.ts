/**
 * Our verdicts beside those of two libraries that share nothing with ours, on generated responses.
 * Agreement proves little, since they let much through; but no disagreement may be without a reason.
 * Everything follows from a seed: `FUZZ_SEED` for another, `DIFFERENTIAL` for how many responses,
 * `DIFFERENTIAL_FIRST` for the number of the first.
 */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { MdocRefusedError } from '../../src/mdoc/report.ts';
import { verifyDeviceResponse } from '../../src/mdoc/verify-device-response.ts';
import { MNC } from '../../src/testing/issuer/persons.ts';
import type { Code } from '../../src/wire/error.ts';
import { NOW } from '../clock.ts';
import { verifyByOwf } from '../interop/owf-mdoc.ts';
import {
  type Disagreement,
  type Library,
  NOTHING_VERIFIED,
  type Reason,
  THEY_ACCEPT,
  THEY_REFUSE,
} from './reasons.ts';
import { respelt } from './respell.ts';
import { pki, response, SEED, SESSION, TRANSCRIPT } from './responses.ts';

const RESPONSES = Number(process.env.DIFFERENTIAL ?? 2_000);
const FIRST = Number(process.env.DIFFERENTIAL_FIRST ?? 0);
const roots = [pki.iaca.certificate];

/** Our refusal; undefined where we accept. */
async function ours(deviceResponse: Uint8Array): Promise<MdocRefusedError | undefined> {
  const trustAnchors = [{ docType: MNC, certificates: roots }];
  const options = { sessionTranscript: TRANSCRIPT, trustAnchors, docType: MNC, now: NOW };
  try {
    await verifyDeviceResponse({ deviceResponse, ...options });
    return undefined;
  } catch (error) {
    if (error instanceof MdocRefusedError) return error;
    throw error;
  }
}

const auth0 = new Worker(new URL('auth0-worker.ts', import.meta.url));
after(() => auth0.terminate());

interface Theirs {
  /** What they throw, whatever it is; undefined where they accept. */
  readonly message: string | undefined;
  readonly documents: number;
}

const LIBRARIES: Readonly<Record<Library, (bytes: Uint8Array) => Promise<Theirs>>> = {
  async '@auth0/mdl'(bytes) {
    auth0.postMessage([bytes, TRANSCRIPT, roots]);
    const [message] = await once(auth0, 'message');
    return { message, documents: 1 };
  },
  '@owf/mdoc': (bytes) =>
    verifyByOwf(bytes, SESSION, roots).then(
      ({ documents = [] }) => ({ message: undefined, documents: documents.length }),
      (error: unknown) => ({ message: String(error), documents: 0 }),
    ),
};

/** The reasons for one disagreement, one for each of our codes; undefined where one has none. */
function reasonsFor(library: Library, found: Disagreement): Reason[] | undefined {
  const [first = 'malformed'] = found.codes;
  const fits = ({ holds }: Reason, code = first) => holds?.(found, code) ?? true;
  if (found.message !== undefined) {
    const { message } = found;
    const reason = THEY_REFUSE[library].find(([pattern, it]) => pattern.test(message) && fits(it));
    return reason && [reason[1]];
  }
  const nothing = NOTHING_VERIFIED[library];
  if (nothing && fits(nothing)) return [nothing];
  const reasons = found.codes.map((code) =>
    THEY_ACCEPT[library][code]?.find((reason) => fits(reason, code)),
  );
  return reasons.every((reason) => reason !== undefined) ? reasons : undefined;
}

/** What failed, leaving out what was not reached because of it or was never asked for. */
const failed = (refusal: MdocRefusedError | undefined): Code[] =>
  (refusal?.codes ?? []).filter((code) => !code.startsWith('undetermined'));

async function disagreement(
  bytes: Uint8Array,
  refusal: MdocRefusedError | undefined,
  { message, documents }: Theirs,
): Promise<Disagreement> {
  const short = respelt(bytes);
  const sentences = (code: Code) =>
    (refusal?.checks ?? []).filter((check) => check.code === code).map(({ detail }) => detail);
  return {
    codes: failed(refusal),
    said: (code) => sentences(code).join(' '),
    message,
    documents,
    isLong: short !== undefined && short.length < bytes.length,
    respelt: short && failed(await ours(short)),
  };
}

test(`${RESPONSES} responses: no disagreement without a reason`, async (context) => {
  context.diagnostic(`seed ${SEED} (FUZZ_SEED), from ${FIRST} (DIFFERENTIAL_FIRST)`);
  const seen = new Map<string, number>();
  const unexplained: string[] = [];
  let accepted = 0;
  for (let index = FIRST; index < FIRST + RESPONSES; index++) {
    const bytes = response(index);
    const refusal = await ours(bytes);
    if (refusal === undefined) accepted++;
    for (const library of ['@auth0/mdl', '@owf/mdoc'] as const) {
      const theirs = await LIBRARIES[library](bytes);
      if ((refusal === undefined) === (theirs.message === undefined)) continue;
      const reasons = reasonsFor(library, await disagreement(bytes, refusal, theirs));
      const what = `${library} ${refusal ? `accepts ${refusal.codes[0]}` : 'refuses'}`;
      for (const { why, where } of reasons ?? []) {
        const key = `${what}: ${why} (${where})`;
        seen.set(key, (seen.get(key) ?? 0) + 1);
      }
      if (reasons === undefined) {
        const said = theirs.message ?? refusal?.codes.join(', ');
        unexplained.push(`seed ${SEED}, response ${index}: ${what}: ${said}`);
      }
    }
  }
  for (const [key, count] of seen) context.diagnostic(`${count} × ${key}`);
  assert.deepEqual(unexplained, []);
  if (RESPONSES >= 1_000) assert.ok(accepted > RESPONSES / 10 && accepted < RESPONSES / 2);
});
