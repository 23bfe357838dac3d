import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { credentialError, IdVerifyError } from './errors.ts';

const live = new AbortController().signal;
const named = (name: string) => new DOMException('as browsers word it', name);

describe('what a browser’s exception means', () => {
  const meanings = {
    NotAllowedError: 'incomplete/not_allowed',
    AbortError: 'incomplete/cancelled',
    InvalidStateError: 'incomplete/busy',
    NotSupportedError: 'unavailable/no_api',
    SecurityError: 'blocked/opaque_origin',
    OperationError: 'unavailable/platform',
    SyntaxError: 'unavailable/platform',
    DataError: 'unavailable/unknown',
  };
  for (const [name, code] of Object.entries(meanings)) {
    it(`${name} → ${code}`, () => {
      const error = credentialError(named(name), live);
      assert.equal(error.code, code);
      assert.equal((error.cause as DOMException).name, name);
    });
  }
  it('TypeError → config/wallet_request', () => {
    assert.equal(credentialError(new TypeError(), live).code, 'config/wallet_request');
  });
  it('TypeError of what a password manager put in the place of the call → unavailable/platform', () => {
    const real = Object.getOwnPropertyDescriptor(navigator, 'credentials');
    const value = { get: () => Promise.reject(new TypeError()) };
    Object.defineProperty(navigator, 'credentials', { value, configurable: true });
    assert.equal(credentialError(new TypeError(), live).code, 'unavailable/platform');
    if (real) Object.defineProperty(navigator, 'credentials', real);
    else Reflect.deleteProperty(navigator, 'credentials');
  });
  it('neg-73 a cancel is never a judgement about the person', () => {
    for (const name of ['NotAllowedError', 'AbortError', 'InvalidStateError']) {
      assert.equal(credentialError(named(name), live).category, 'incomplete');
    }
  });
  it('anything after our own abort is our own doing', () => {
    const aborted = AbortSignal.abort();
    for (const error of [named('AbortError'), new Error('a reason of our own'), 'text']) {
      assert.equal(credentialError(error, aborted).code, 'incomplete/aborted');
    }
  });
  it('what is no error at all is unknown, and ours stays ours', () => {
    assert.equal(credentialError('text', live).code, 'unavailable/unknown');
    assert.equal(credentialError({ name: 'NotAllowedError' }, live).code, 'unavailable/unknown');
    const own = new IdVerifyError('request_mismatch/protocol', 'ours');
    assert.equal(credentialError(own, live), own);
  });
});
