import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { handoffOptions } from '../../../../test/handoff/phone.ts';
import { recordOf } from '../../../../test/handoff/record.ts';
import { deploymentOf } from '../../../../test/verifier/core.ts';
import { utf8 } from '../../../wire/bytes.ts';
import { IdVerifyError } from '../../../wire/error.ts';
import { checkHandoff } from './config.ts';
import { handoffCode, pendingOf, withinTimeLimit } from './transaction.ts';

describe('asking a provider', () => {
  it('gives its answer, or its own error', async () => {
    assert.equal(await withinTimeLimit(async () => 7), 7);
    await assert.rejects(
      withinTimeLimit(() => Promise.reject(new RangeError('its own'))),
      RangeError,
    );
  });

  it('gives a silent one up and tells it so', async () => {
    let given: AbortSignal | undefined;
    const silent = (signal: AbortSignal) => {
      given = signal;
      return new Promise<never>(() => {});
    };
    await assert.rejects(withinTimeLimit(silent, 1), { code: 'unavailable/provider' });
    assert.equal(given?.aborted, true);
  });

  it('knows the reasons a page is told, and one for all others', () => {
    assert.equal(
      handoffCode(new IdVerifyError('incomplete/declined', 'no')),
      'incomplete/declined',
    );
    assert.equal(handoffCode(new IdVerifyError('session/token', 'no')), 'unavailable/provider');
    assert.equal(handoffCode({ code: 'incomplete/declined' }), 'unavailable/provider');
  });

  it('tells it what was told to the person, and what it remembered itself', async () => {
    const deployment = deploymentOf({});
    const handoff = checkHandoff(deployment, handoffOptions());
    const [{ id = '' } = {}] = handoff.options.providers;
    const { pending } = await pendingOf(handoff, recordOf({ provider: id }));
    assert.equal(pending.data, null);
    assert.equal(pending.callback, `${handoff.url}/handoff/callback/${id}`);
    assert.deepEqual(
      pending.digest,
      await deployment.crypto.digest('SHA-256', utf8('what is signed')),
    );
    const opened = recordOf({ provider: id, pending: { url: 'https://a.test', data: { n: 1 } } });
    assert.deepEqual((await pendingOf(handoff, opened)).pending.data, { n: 1 });
    await assert.rejects(pendingOf(handoff, recordOf({ provider: 'gone' })), {
      code: 'config/provider',
    });
  });
});
