/** What the benchmarks verify: responses of many document signers, no two alike. */
import { createHash } from 'node:crypto';
import type { RequestedElements } from '../../src/mdoc/requested.ts';
import { newKeys } from '../../src/testing/issuer/keys.ts';
import { type Credential, issue, present } from '../../src/testing/issuer/mdoc.ts';
import { type Elements, MNC } from '../../src/testing/issuer/persons.ts';
import { issueIaca, issueSigner } from '../../src/testing/issuer/pki.ts';
import { openId4VpTranscript } from '../../src/testing/issuer/transcript.ts';

export const ORIGIN = 'https://rp.example';
export const NONCE = 'bm9uY2U';
/** Every library here can compute this one. */
export const TRANSCRIPT = openId4VpTranscript(ORIGIN, NONCE, null);
export const ANSWERED = {
  'org.iso.23220.1.jp': {
    full_name_unicode: false,
    resident_address_unicode: false,
    portrait: false,
  },
  'org.iso.23220.1': { birth_date: false, age_over_20: false },
} as const;

export interface Corpus {
  readonly root: Uint8Array;
  readonly responses: readonly Uint8Array[];
  /** Parts of the responses, as the floor needs them. */
  readonly credentials: readonly Credential[];
  /** What they answer. */
  readonly requested: RequestedElements;
}

/** JPEG marker and then bytes that nothing compresses. */
export function picture(bytes: number, seed: string): Uint8Array {
  const blocks = Math.ceil(bytes / 32);
  const noise = Array.from({ length: blocks }, (_, block) =>
    createHash('sha256').update(`${seed}/${block}`).digest(),
  );
  const image = new Uint8Array(Buffer.concat(noise).subarray(0, bytes));
  image.set([0xff, 0xd8, 0xff, 0xe0]);
  return image;
}

/**
 * @param curve of the root; document signers and devices are P-256
 * @param portraitBytes without any, one element is all a response says: it cannot be smaller
 */
export function makeCorpus({
  curve,
  count = 200,
  signers = 20,
  portraitBytes = 12_000,
}: {
  curve: 'P-256' | 'P-384';
  count?: number;
  signers?: number;
  portraitBytes?: number;
}): Corpus {
  const iaca = issueIaca({ curve });
  const rotation = Array.from({ length: signers }, () => issueSigner(iaca));
  const elements = (index: number): Elements =>
    portraitBytes === 0
      ? { 'org.iso.23220.1': { age_over_20: true } }
      : {
          'org.iso.23220.1.jp': {
            full_name_unicode: `番号　花子${index}`,
            resident_address_unicode: '〇〇県△△市□□町1-2-3',
            portrait: picture(portraitBytes, `${curve}/${index}`),
          },
          'org.iso.23220.1': { birth_date: '1971-09-01', age_over_20: true },
        };
  const credentials = Array.from({ length: count }, (_, index) =>
    issue({
      docType: MNC,
      signer: rotation[index % signers] as (typeof rotation)[number],
      deviceKeys: newKeys(),
      elements: elements(index),
    }),
  );
  const responses = credentials.map((credential) =>
    present({ credentials: [credential], sessionTranscript: TRANSCRIPT }),
  );
  const requested = portraitBytes === 0 ? { 'org.iso.23220.1': { age_over_20: false } } : ANSWERED;
  return { root: iaca.certificate, responses, credentials, requested };
}
