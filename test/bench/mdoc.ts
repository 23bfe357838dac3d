/** Verification of 14 kB responses: the floor, ours, and two other libraries, side by side. */
import { Verifier } from '@auth0/mdl';
import { webCrypto } from '../../src/crypto/web-crypto.ts';
import { verifyDeviceResponse } from '../../src/mdoc/verify-device-response.ts';
import type { VerifyDeviceResponseOptions } from '../../src/mdoc/verify-options.ts';
import { encode } from '../../src/testing/issuer/cbor.ts';
import { embeddedBytes } from '../../src/testing/issuer/cose.ts';
import { MNC } from '../../src/testing/issuer/persons.ts';
import { pem } from '../../src/testing/issuer/x509.ts';
import { forgetCertificates } from '../../src/trust/certificate.ts';
import { verifyByOwf } from '../interop/owf-mdoc.ts';
import { type Corpus, makeCorpus, NONCE, ORIGIN, TRANSCRIPT } from './corpus.ts';
import { floorOf, floorParts } from './floor.ts';
import { type Contender, compare, type Row } from './measure.ts';

const at = (corpus: Corpus, index: number): Uint8Array =>
  corpus.responses[index % corpus.responses.length] as Uint8Array;

export function ours(corpus: Corpus, more: Partial<VerifyDeviceResponseOptions> = {}) {
  const trustAnchors = [{ docType: MNC, certificates: [corpus.root] }];
  return (index: number) =>
    verifyDeviceResponse({
      deviceResponse: at(corpus, index),
      sessionTranscript: TRANSCRIPT,
      trustAnchors,
      docType: MNC,
      requested: corpus.requested,
      now: Date.now(),
      ...more,
    });
}

function auth0(corpus: Corpus) {
  const verifier = new Verifier([pem('CERTIFICATE', corpus.root)]);
  const encodedSessionTranscript = encode(embeddedBytes(TRANSCRIPT));
  return (index: number) => verifier.verify(at(corpus, index), { encodedSessionTranscript });
}

const owf = (corpus: Corpus) => (index: number) =>
  verifyByOwf(at(corpus, index), { origin: ORIGIN, nonce: NONCE }, [corpus.root]);

const OPERATIONS = 50;
const SIGNERS = 20;

function contenders(curve: 'P-256' | 'P-384'): Contender[] {
  const corpus = makeCorpus({ curve, signers: SIGNERS });
  const row = (name: string, run: Contender['run'], more: Partial<Contender> = {}) => ({
    name: `${name}, ${curve} root`,
    run,
    operations: OPERATIONS,
    ...more,
  });
  // The row with the cold cache leaves it cold: every document signer is met again before the others.
  const known = (run: Contender['run']): Partial<Contender> => ({
    before: async () => {
      for (let index = 0; index < SIGNERS; index++) await run(index);
    },
  });
  const inWebCrypto = ours(corpus, { crypto: webCrypto });
  return [
    row('floor', floorOf(corpus)),
    row('ours', ours(corpus), known(ours(corpus))),
    // Each document signer is new: nothing parsed is there to be used again.
    row('ours, cold cache', (index) => {
      forgetCertificates();
      return ours(corpus)(index);
    }),
    row('ours, WebCrypto', inWebCrypto, known(inWebCrypto)),
    row('@auth0/mdl', auth0(corpus), { operations: OPERATIONS / 2 }),
    row('@owf/mdoc', owf(corpus), { operations: OPERATIONS / 2 }),
  ];
}

export async function benchMdoc(rounds: number): Promise<Row[]> {
  return compare([...contenders('P-256'), ...contenders('P-384')], rounds);
}

/** What the floor is made of, by the curve of the root: why no verification can be faster. */
export async function benchFloor(rounds: number): Promise<Row[]> {
  const parts = (['P-256', 'P-384'] as const).flatMap((curve) =>
    floorParts(makeCorpus({ curve, count: 20 }), curve).map((part) => ({
      ...part,
      name: `${curve} root: ${part.name}`,
      operations: OPERATIONS,
    })),
  );
  return compare(parts, rounds);
}

/** CPU time by size of the response, 1 kB to 1 MB. */
export async function benchGrowth(rounds: number): Promise<(Row & { bytes: number })[]> {
  const sizes = [0, 10_000, 100_000, 1_000_000].map((portraitBytes) =>
    makeCorpus({ curve: 'P-256', count: 8, signers: 8, portraitBytes }),
  );
  const rows = await compare(
    sizes.map((corpus) => ({
      name: `ours, ${at(corpus, 0).length} bytes`,
      run: ours(corpus),
      operations: 8,
    })),
    rounds,
  );
  return rows.map((row, index) => ({ ...row, bytes: at(sizes[index] as Corpus, 0).length }));
}
