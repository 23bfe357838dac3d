import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { issueIaca, type Overrides } from '../testing/issuer/pki.ts';
import { anchorProblems } from './anchor.ts';

const NOW = Date.now();
const HOUR = 3_600_000;
const at = (hours: number) => new Date(NOW + hours * HOUR);
const root = (overrides: Overrides = {}) => issueIaca({ curve: 'P-256', ...overrides }).certificate;
const codes = (encoded: Uint8Array, rules: Parameters<typeof anchorProblems>[1] = {}) =>
  anchorProblems(encoded, rules).map(({ code }) => code);

describe('a trust anchor', () => {
  it('of the profile has no problem', () => {
    assert.deepEqual(codes(root(), { now: NOW }), []);
  });

  it('is a CA that may sign, above nobody who signs', () => {
    const wrong = (extensions: NonNullable<Overrides['extensions']>) => codes(root({ extensions }));
    assert.deepEqual(wrong({ basicConstraints: { ca: false, pathLength: 0 } }), [
      'untrusted_issuer/iaca_not_ca',
    ]);
    assert.deepEqual(wrong({ keyUsage: ['cRLSign'] }), ['untrusted_issuer/iaca_key_usage']);
    assert.deepEqual(wrong({ keyUsage: undefined }), ['untrusted_issuer/iaca_key_usage']);
    const deep = wrong({ basicConstraints: { ca: true, pathLength: 1 } });
    assert.deepEqual(deep, ['untrusted_issuer/iaca_path_length']);
    const other = { '1.2.3': { critical: true, value: Uint8Array.of(5, 0) } };
    assert.deepEqual(wrong({ other }), ['untrusted_issuer/critical_extension']);
  });

  it('without a bound is one only where its owner says so, with another bound never', () => {
    const open = root({ extensions: { basicConstraints: { ca: true } } });
    assert.deepEqual(codes(open), ['untrusted_issuer/iaca_path_length']);
    assert.deepEqual(codes(open, { allowUnboundedPath: true }), []);
    const deep = root({ extensions: { basicConstraints: { ca: true, pathLength: 1 } } });
    assert.deepEqual(codes(deep, { allowUnboundedPath: true }), [
      'untrusted_issuer/iaca_path_length',
    ]);
  });

  it('is judged by the clock only where one is given', () => {
    const future = root({ notBefore: at(1) });
    const past = root({ notAfter: at(-1) });
    assert.deepEqual(codes(future, { now: NOW }), ['validity/iaca_not_yet_valid']);
    assert.deepEqual(codes(past, { now: NOW }), ['validity/iaca_expired']);
    assert.deepEqual([codes(future), codes(past)], [[], []]);
  });

  it('that is no certificate is told as one problem, with the name of the certificate else', () => {
    const [problem] = anchorProblems(Uint8Array.of(1, 2, 3), {});
    assert.match(problem?.reason ?? '', /^Not a certificate that can be used: /);
    const [named] = anchorProblems(root({ notAfter: at(-1), subject: { CN: 'Old', C: 'JP' } }), {
      now: NOW,
    });
    assert.match(named?.reason ?? '', /expired/);
    assert.throws(() => anchorProblems(undefined as never, {}), TypeError);
  });
});
