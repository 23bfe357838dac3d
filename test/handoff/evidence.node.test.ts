import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { handoffOptions } from './phone.ts';
import { account, handoffSite } from './site.ts';

describe('a deployment with handoffs does not start', () => {
  it('with a test operator for a real origin, without a root, or asking what nobody tells', () => {
    const real = { origins: ['https://shop.example'] };
    assert.throws(() => handoffSite(real), { code: 'config/test_anchor' });
    assert.throws(() => handoffSite({ handoff: handoffOptions({ trustAnchors: [] }) }), {
      code: 'config/trust_anchor',
    });
    assert.throws(() => handoffSite({ handoff: handoffOptions({ providers: [] }) }), {
      code: 'config/provider',
    });
    const purpose = { ja: '番号' };
    const claims = { ...account.claims, local_gov_code: { purpose, retainDays: 0 } };
    assert.throws(() => handoffSite({}, { claims }), { code: 'config/claim' });
  });
});
