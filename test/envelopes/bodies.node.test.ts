/** The committed envelopes hold what each method's server half reads. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handoffEvidence } from '../../src/methods/handoff/evidence.ts';
import { photoBody } from '../../src/methods/photo/evidence.ts';
import { walletBody } from '../../src/methods/wallet/evidence.ts';
import { parseBody } from '../../src/wire/body.ts';
import { fromHex } from '../../src/wire/bytes.ts';
import { METHODS, type MethodId } from '../../src/wire/contract.ts';
import { parseEnvelope } from '../../src/wire/envelope.ts';
import type * as v from '../../src/wire/schema.ts';
import vectors from './envelopes.json' with { type: 'json' };

const SCHEMAS: Readonly<Record<MethodId, v.Schema>> = {
  wallet: walletBody,
  jpki: handoffEvidence,
  'jpki-mobile': handoffEvidence,
  'ic-chip': handoffEvidence,
  photo: photoBody,
};

for (const method of METHODS) {
  test(`the body of ${method} is one`, () => {
    const vector = vectors.find((each) => each.method === method);
    const { payload } = parseEnvelope(fromHex(vector?.evidence ?? ''));
    assert.doesNotThrow(() => parseBody(SCHEMAS[method], payload.body));
  });
}
