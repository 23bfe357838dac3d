import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { webCrypto } from '../crypto/web-crypto.ts';
import { EKU, issueIaca, issueSigner } from '../testing/issuer/pki.ts';
import type { Identity } from '../testing/issuer/x509.ts';
import type { Anchor } from './anchor.ts';
import { parseCertificate } from './certificate.ts';
import { checkIssuerChain } from './issuer-chain.ts';

const NOW = Date.now();
const HOUR = 3_600_000;
const at = (hours: number) => new Date(NOW + hours * HOUR);

const anchor = (
  { certificate }: Identity,
  rules: Partial<Omit<Anchor, 'certificate'>> = {},
): Anchor => ({
  certificate: parseCertificate(certificate),
  purposes: [EKU.documentSigner],
  ...rules,
});

async function chain(signer: Identity, anchors: readonly Anchor[], more: object = {}) {
  const problems: string[] = [];
  const notes: string[] = [];
  const found = await checkIssuerChain(
    {
      signer: parseCertificate(signer.certificate),
      anchors,
      now: NOW,
      crypto: webCrypto,
      note: (said) => notes.push(said),
      ...more,
    },
    (code) => problems.push(code),
  );
  return { problems, notes, found };
}

/** Every order of a list. */
const orders = <T>(list: readonly T[]): T[][] =>
  list.length < 2
    ? [[...list]]
    : list.flatMap((one, at) => orders(list.toSpliced(at, 1)).map((rest) => [one, ...rest]));

describe('a chain is judged by what belongs to the anchor that signed', () => {
  const a = issueIaca({ curve: 'P-256', subject: { CN: 'TEST A', C: 'JP' } });
  const b = issueIaca({ curve: 'P-256', subject: { CN: 'TEST B', C: 'JP' } });
  const purposeB = '1.2.392.1';
  const anchors = [anchor(a), anchor(b, { purposes: [purposeB] })];
  const signedBy = (root: Identity, ...extendedKeyUsage: string[]) =>
    issueSigner(root, { extensions: { extendedKeyUsage } });

  it('by its purposes, whatever others have', async () => {
    for (const list of orders(anchors)) {
      assert.deepEqual((await chain(signedBy(a, EKU.documentSigner), list)).problems, []);
      assert.deepEqual((await chain(signedBy(b, purposeB), list)).problems, []);
      const wrong = ['untrusted_issuer/signer_purpose'];
      assert.deepEqual((await chain(signedBy(b, EKU.documentSigner), list)).problems, wrong);
      assert.deepEqual((await chain(signedBy(a, purposeB), list)).problems, wrong);
    }
  });

  it('by its leave for roots without pathLenConstraint', async () => {
    const extensions = { basicConstraints: { ca: true } };
    const open = issueIaca({ curve: 'P-256', subject: { CN: 'TEST O', C: 'JP' }, extensions });
    const other = issueIaca({ curve: 'P-256', subject: { CN: 'TEST P', C: 'JP' }, extensions });
    const list = [anchor(open, { allowUnboundedPath: true }), anchor(other)];
    for (const order of orders(list)) {
      assert.deepEqual((await chain(issueSigner(open), order)).problems, []);
      assert.deepEqual((await chain(issueSigner(other), order)).problems, [
        'untrusted_issuer/iaca_path_length',
      ]);
    }
    const deep = issueIaca({ extensions: { basicConstraints: { ca: true, pathLength: 1 } } });
    assert.deepEqual(
      (await chain(issueSigner(deep), [anchor(deep, { allowUnboundedPath: true })])).problems,
      ['untrusted_issuer/iaca_path_length'],
    );
  });
});

describe('a renewed root with the same key and name', () => {
  const root = issueIaca({ curve: 'P-256' });
  const signer = issueSigner(root);
  const renewed = (more: Parameters<typeof issueIaca>[0]) =>
    anchor(issueIaca({ keys: root.keys, ...more }));
  const expired = renewed({ notAfter: at(-1) });
  const future = renewed({ notBefore: at(1) });
  const weak = renewed({ extensions: { keyUsage: ['cRLSign'] } });
  const stranger = anchor(issueIaca({ curve: 'P-256' }));

  it('is found wherever it stands', async () => {
    for (const list of orders([expired, future, weak, stranger, anchor(root)])) {
      const { problems, found } = await chain(signer, list);
      assert.deepEqual(problems, []);
      assert.deepEqual(found?.certificate.encoded, new Uint8Array(root.certificate));
    }
  });

  it('and where none is good, the reason does not depend on the order either', async () => {
    for (const list of orders([expired, weak, stranger])) {
      const { problems } = await chain(signer, list);
      assert.deepEqual(problems, ['untrusted_issuer/iaca_key_usage']);
    }
  });
});

describe("an issuer's clock that is ahead", () => {
  const root = issueIaca({ curve: 'P-256' });
  const ahead = (seconds: number) =>
    chain(issueSigner(root, { notBefore: new Date(NOW + seconds * 1000) }), [anchor(root)], {
      tolerance: 60_000,
    });

  it('is tolerated as far as is said, and the check says so', async () => {
    const { problems, notes } = await ahead(30);
    assert.deepEqual(problems, []);
    assert.match(notes.join(), /notBefore .* 60 s are tolerated/);
    assert.deepEqual((await ahead(62)).problems, ['validity/signer_not_yet_valid']);
    assert.deepEqual((await ahead(-30)).notes, []);
  });

  it('never for an end', async () => {
    const over = issueSigner(root, { notAfter: new Date(NOW - 2000) });
    const { problems } = await chain(over, [anchor(root)], { tolerance: 300_000 });
    assert.deepEqual(problems, ['validity/signer_expired']);
  });
});
