import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type EvidenceBody,
  identity,
  ORIGIN,
  Page,
  pki,
  site,
  walletOptions,
} from '../../../../test/verifier/harness.ts';
import { type Cbor, embedded, raw, wide } from '../../../testing/issuer/cbor.ts';
import type { ResponsePlan } from '../../../testing/issuer/mdoc.ts';
import { issueIaca, issueSigner } from '../../../testing/issuer/pki.ts';
import { createWallet } from '../../../testing/wallet/wallet.ts';
import { type EvidenceRecord, verifyRecord } from '../../../verifier/index.ts';
import type { EvidenceAnswer, WalletProtocol } from '../../../wire/contract.ts';

/** Evidence of a confirmed session, as the store keeps it. */
async function recorded(protocol: WalletProtocol) {
  const shop = site({ profiles: { identity: { ...identity, retainDocumentDays: 1 } } });
  const page = await Page.open(shop);
  await page.evidence(await page.present(await page.requests(), { protocol }));
  await page.confirm();
  const [record] = await shop.store.evidence(page.view.id);
  const personal = await shop.store.personal(page.view.id);
  const document = personal.find(({ name }) => name === 'document')?.value;
  assert.ok(record && document);
  return { record, document };
}

const outcomes = (checks: readonly { id: string; outcome: string }[]) =>
  checks.filter(({ outcome }) => outcome !== 'passed').map(({ id, outcome }) => `${id} ${outcome}`);

for (const protocol of ['org-iso-mdoc', 'openid4vp-v1-signed'] as const) {
  describe(`a record of ${protocol}`, () => {
    it('is verified again with the document that was kept, at its own time', async () => {
      const { record, document } = await recorded(protocol);
      const { checks, notRepeatable } = await verifyRecord(record, { document });
      assert.deepEqual(outcomes(checks), []);
      assert.ok(checks.length >= 12);
      assert.deepEqual(notRepeatable, [
        'wallet.request_signature',
        'wallet.protocol',
        'wallet.decryption',
        'mdoc.revocation',
        'wallet.claims',
        'wallet.confirmation',
      ]);
      const later = { ...record, receivedAt: record.receivedAt + 3 * 365 * 86_400_000 };
      const expired = await verifyRecord(later, { document });
      assert.ok(outcomes(expired.checks).includes('mdoc.validity failed'));
    });

    it('still proves what was signed once every value is erased', async () => {
      const { record } = await recorded(protocol);
      assert.doesNotMatch(JSON.stringify(record.proof), /番号|花子|1971-09/);
      const { checks, notRepeatable } = await verifyRecord(record);
      assert.deepEqual(
        checks.map(({ id, outcome }) => `${id} ${outcome}`),
        [
          'mdoc.doc_type passed',
          'mdoc.issuer_chain passed',
          'mdoc.issuer_signature passed',
          'mdoc.validity passed',
          'mdoc.device_auth passed',
        ],
      );
      assert.ok(notRepeatable.includes('mdoc.digests'));
    });

    it('does not pass when any part of it was exchanged', async () => {
      const { record } = await recorded(protocol);
      const other = (await recorded(protocol)).record;
      const failing = async (changes: object, options = {}) => {
        const changed: EvidenceRecord = { ...record, proof: { ...record.proof, ...changes } };
        return outcomes((await verifyRecord(changed, options)).checks);
      };
      const { issuerAuth, deviceSigned, nonce, encryptionInfo } = other.proof;
      assert.deepEqual(await failing({}), []);
      assert.deepEqual(await failing({ origin: 'https://evil.example' }), [
        'mdoc.device_auth failed',
      ]);
      assert.deepEqual(await failing({ deviceSigned: deviceSigned ?? '' }), [
        'mdoc.device_auth failed',
      ]);
      assert.deepEqual(await failing(nonce ? { nonce } : { encryptionInfo }), [
        'mdoc.device_auth failed',
      ]);
      assert.deepEqual(await failing({ issuerAuth: issuerAuth ?? '' }), [
        'mdoc.device_auth failed',
      ]);
      const stranger = { trustAnchors: [issueIaca().certificate] };
      assert.ok((await failing({}, stranger)).includes('mdoc.issuer_chain failed'));
    });
  });
}

describe('a record of an oddly written response', () => {
  const judged = async (plan: ResponsePlan) => {
    const shop = site();
    const page = await Page.open(shop);
    const requests = await page.requests();
    const [request] = requests.requests;
    assert.ok(request);
    const { data, protocol } = await shop.wallet.answer(request, { origin: ORIGIN, plan });
    const body = { request: requests.id, protocol, data: data as EvidenceBody['data'] };
    const { outcome } = await page.evidence<EvidenceAnswer>(body);
    assert.equal(outcome, 'review');
    const [record] = await shop.store.evidence(page.view.id);
    assert.ok(record);
    return verifyRecord(record);
  };

  it('keeps what is signed, whatever the headers hold that nobody signed', async () => {
    const odd = new Map<Cbor, Cbor>([
      ['note', raw(Uint8Array.of(0xf9, 0x3e, 0))],
      [99, wide(new Uint8Array(3), 4)],
    ]);
    const { checks } = await judged({
      edits: {
        issuerAuth: ([p, u, b, s]) => [p, new Map([...(u as Map<Cbor, Cbor>), ...odd]), b, s],
        deviceProof: ([p, , b, s]) => [p, odd, b, s],
      },
    });
    assert.deepEqual(outcomes(checks), []);
    assert.equal(checks.length, 5);
  });

  it('keeps no device signature over namespaces in a spelling of their own', async () => {
    const spelt = wide(embedded({}), 2);
    const { checks, notRepeatable } = await judged({
      edits: {
        deviceAuthentication: (it) => [...it.slice(0, 3), spelt],
        document: (it) => ({
          ...it,
          deviceSigned: { ...(it.deviceSigned as Record<string, Cbor>), nameSpaces: spelt },
        }),
      },
    });
    assert.deepEqual(outcomes(checks), []);
    assert.ok(notRepeatable.includes('mdoc.device_auth'));
  });
});

describe('a record of a refusal', () => {
  it('has nothing to verify again', async () => {
    const shop = site();
    const page = await Page.open(shop);
    await page.evidence(await page.present(await page.requests(), { mode: 'garbage' }));
    const [record] = await shop.store.evidence(page.view.id);
    assert.ok(record);
    await assert.rejects(verifyRecord(record), { code: 'malformed/record' });
  });
});

describe('what is wrong with a record has a code of its own', () => {
  it('malformed/record, whichever part of it', async () => {
    for (const protocol of ['org-iso-mdoc', 'openid4vp-v1-signed'] as const) {
      const { record } = await recorded(protocol);
      const changes: Record<string, unknown>[] = [
        ...['anchorCertificate', 'issuerAuth', 'deviceSigned'].flatMap((name) =>
          ['', '!', 'AAAA', '_w'].map((value) => ({ [name]: value })),
        ),
        { anchorCertificate: 7 },
        { origin: '\ud800' },
        ...(protocol === 'org-iso-mdoc' ? [] : [{ jwkThumbprint: '!' }]),
      ];
      for (const change of changes) {
        const broken = { ...record, proof: { ...record.proof, ...change } } as EvidenceRecord;
        await assert.rejects(
          verifyRecord(broken),
          { code: 'malformed/record' },
          JSON.stringify(change),
        );
      }
      await assert.rejects(verifyRecord({ ...record, proof: null as never }), {
        code: 'malformed/record',
      });
    }
  });

  it('config/trust_anchor for an anchor that is none; a document that is none fails its checks', async () => {
    const { record } = await recorded('org-iso-mdoc');
    for (const anchor of [new Uint8Array(5), new Uint8Array()]) {
      await assert.rejects(verifyRecord(record, { trustAnchors: [anchor] }), {
        code: 'config/trust_anchor',
      });
    }
    for (const document of [new Uint8Array(), Uint8Array.of(0xff), new Uint8Array(50)]) {
      const { checks } = await verifyRecord(record, { document });
      assert.ok(outcomes(checks).includes('mdoc.structure failed'));
    }
  });

  it('the rules of the anchor are part of the record', async () => {
    const PURPOSE = '1.2.392.200';
    const extensions = { basicConstraints: { ca: true } };
    const root = issueIaca({ subject: { CN: 'TEST open root', C: 'JP' }, extensions });
    const signer = issueSigner(root, { extensions: { extendedKeyUsage: [PURPOSE] } });
    const anchors = {
      docType: 'org.iso.23220.1.jp.mnc',
      certificates: [root.certificate],
      signerPurposes: [PURPOSE],
      allowUnboundedPath: true,
      test: true,
    } as const;
    const wallet = { ...walletOptions, trustAnchors: [anchors], clockToleranceSeconds: 300 };
    const shop = site({ wallet });
    const page = await Page.open(shop);
    const phone = createWallet({ pki: { ...pki, signer }, allowUnsigned: true });
    const { id, requests } = await page.requests();
    const plan = { validity: { signed: new Date(Date.now() + 200_000) } };
    const { protocol, data } = await phone.answer(requests[0] as never, { origin: ORIGIN, plan });
    const { outcome } = await page.evidence<EvidenceAnswer>({
      request: id,
      protocol,
      data: data as never,
    });
    assert.equal(outcome, 'review');
    const [record] = await shop.store.evidence(page.view.id);
    assert.ok(record);
    assert.deepEqual(outcomes((await verifyRecord(record)).checks), []);
  });
});
