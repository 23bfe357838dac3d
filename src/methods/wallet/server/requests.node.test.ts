import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deploymentOf } from '../../../../test/verifier/core.ts';
import { identity, ORIGIN, walletOptions } from '../../../../test/verifier/harness.ts';
import type { Profile } from '../../profile.ts';
import type { WalletOptions, WalletSettings } from '../settings.ts';
import { checkWallet } from './config.ts';
import { buildRequests, elementsFor } from './requests.ts';

const docType = 'org.iso.23220.1.jp.mnc';
const rule = { purpose: identity.purpose, retainDays: 0 };
const asking = (claims: Profile['claims']) => elementsFor({ ...identity, claims }, docType);
const flat = (names: Readonly<Record<string, object>>) =>
  Object.values(names).flatMap((one) => (Array.isArray(one) ? one : Object.keys(one)));

describe('the elements of a profile', () => {
  it('say whether they are kept', () => {
    const { requested, optional } = asking({ name: { ...rule, retainDays: 1 }, address: rule });
    const kept = Object.values(requested).flatMap((names) => Object.values(names));
    assert.equal(kept.includes(true) && kept.includes(false), true);
    assert.deepEqual(optional, {});
  });

  it('may be withheld where the profile says so, unless a clause needs them', () => {
    const claims = { name: rule, address: { ...rule, optional: true } };
    const withheld = flat(asking(claims).optional);
    assert.equal(withheld.length > 0, true);
    const needed = elementsFor({ ...identity, claims }, docType, ['address']);
    assert.deepEqual(needed.optional, {});
  });

  it('leave an age limit out where the person is asked for the age anyway', () => {
    const age_over_20 = { ...rule, mustBe: true } as const;
    assert.deepEqual(asking({ age_over_20 }).optional, {});
    for (const claims of [
      { age_over_20, birth_date: rule },
      { age_over_20, age_in_years: rule },
    ]) {
      assert.equal(flat(asking(claims).optional).length > 0, true);
    }
  });
});

describe('requests', () => {
  const build = (settings: Partial<WalletSettings> = {}, options: Partial<WalletOptions> = {}) => {
    const whole = { docType, ...settings } as WalletSettings;
    const profile = { ...identity, methods: { wallet: whole } };
    const wallet = checkWallet(deploymentOf({ shop: profile }), { ...walletOptions, ...options });
    return buildRequests(wallet, profile, whole, ORIGIN);
  };

  it('are made for each protocol, and remembered as they are sent', async () => {
    const { requests, asked } = await build();
    assert.deepEqual(
      Object.entries(asked.requests),
      requests.map(({ protocol, data }) => [protocol, data]),
    );
    assert.equal(asked.signed, true);
    assert.equal(asked.isoMdoc !== undefined && asked.openId4Vp !== undefined, true);
  });

  it('of one protocol remember nothing of the others', async () => {
    const iso = await build({ protocols: ['org-iso-mdoc'] });
    assert.deepEqual(
      iso.requests.map(({ protocol }) => protocol),
      ['org-iso-mdoc'],
    );
    assert.equal(iso.asked.openId4Vp, undefined);
    const openId = await build({ protocols: ['openid4vp-v1-multisigned', 'openid4vp-v1-signed'] });
    assert.deepEqual(
      openId.requests.map(({ protocol }) => protocol),
      ['openid4vp-v1-multisigned', 'openid4vp-v1-signed'],
    );
    assert.equal(openId.asked.isoMdoc, undefined);
  });

  it('without a reader are unsigned, where the profile lets them', async () => {
    const { requests, asked } = await build({ allowUnsigned: true } as never, { readers: [] });
    assert.equal(asked.signed, false);
    assert.equal(
      requests.some(({ protocol }) => protocol === 'openid4vp-v1-signed'),
      false,
    );
  });

  it('carry what the operator tells wallets, which replaces nothing', async () => {
    const [reader] = walletOptions.readers;
    const clientMetadata = { client_name: 'Shop', jwks: { keys: [] } };
    const { requests } = await build(
      { protocols: ['openid4vp-v1-signed'] },
      { readers: [{ ...reader, clientMetadata }] },
    );
    const { request = '' } = (requests[0]?.data ?? {}) as { request?: string };
    const payload = JSON.parse(Buffer.from(request.split('.')[1] ?? '', 'base64url').toString());
    assert.equal(payload.client_metadata.client_name, 'Shop');
    assert.equal(payload.client_metadata.jwks.keys.length, 1);
  });
});
