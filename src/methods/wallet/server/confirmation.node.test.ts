import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { identity, ORIGIN, Page, site } from '../../../../test/verifier/harness.ts';
import type { EvidenceAnswer } from '../../../wire/contract.ts';
import { confirmationCheck } from './confirmation.ts';

describe('a confirmation program', () => {
  const required = { identity: { ...identity, confirmation: 'required' } } as const;
  const confirmation = (confirm: () => Promise<'confirmed' | 'refused'>) =>
    ({ kind: 'certified', program: 'Certified 1.0', confirm }) as const;
  const outcome = async (confirm: () => Promise<'confirmed' | 'refused'>) => {
    const shop = site({ profiles: required, confirmation: confirmation(confirm) });
    const page = await Page.open(shop);
    return page.evidence<EvidenceAnswer>(await page.present(await page.requests()));
  };

  it('decides where the profile requires one', async () => {
    assert.equal((await outcome(async () => 'confirmed')).outcome, 'review');
    assert.equal((await outcome(async () => 'refused')).code, 'policy/confirmation_refused');
  });

  it('that fails is undetermined, never a confirmation (neg-83)', async () => {
    const failing = async () => {
      throw new Error('down');
    };
    assert.equal((await outcome(failing)).code, 'undetermined/confirmation');
    const odd = async () => 'yes' as 'confirmed';
    assert.equal((await outcome(odd)).code, 'undetermined/confirmation');
  });

  it('that is silent is given up on', async () => {
    const silent = confirmation(() => new Promise(() => {}));
    const input = {
      docType: 'x',
      deviceResponse: new Uint8Array(),
      sessionTranscript: new Uint8Array(),
      origin: ORIGIN,
      at: 0,
    };
    const check = await confirmationCheck(silent, input, new AbortController().signal, 20);
    assert.equal(check.outcome, 'undetermined');
    assert.equal(check.code, 'undetermined/confirmation');
  });
});
