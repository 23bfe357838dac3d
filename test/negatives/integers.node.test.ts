/** A float is no integer, wherever the formats have one, and however it is spelled. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { raw } from '../../src/testing/issuer/cbor.ts';
import { itemBytes, type Mso, type ResponsePlan } from '../../src/testing/issuer/mdoc.ts';
import { STATUS, statusListCwt } from '../../src/testing/issuer/status.ts';
import { statusListSource } from '../../src/trust/status-list.ts';
import { fromHex } from '../../src/wire/bytes.ts';
import { days, PERSON, pki, refusedWith, verify } from './neg.ts';

/** 0, 1, 2 and 56 as half, single and double precision; what is no whole number beside them. */
const FLOATS: Readonly<Record<string, string>> = {
  'half 0': 'f90000',
  'half -0': 'f98000',
  'half 1': 'f93c00',
  'single 0': 'fa00000000',
  'single 2': 'fa40000000',
  'double 0': 'fb0000000000000000',
  'double 2': 'fb4000000000000000',
  'double 1.5': 'fb3ff8000000000000',
  NaN: 'f97e00',
  infinity: 'f97c00',
};
const URI = 'https://issuer.test.invalid/status';

describe('a float is no integer', () => {
  for (const [spelling, hex] of Object.entries(FLOATS)) {
    const float = raw(fromHex(hex));
    const plans: Readonly<Record<string, [string, ResponsePlan]>> = {
      'status of the response': [
        'malformed/structure',
        { edits: { response: (it) => ({ ...it, status: float }) } },
      ],
      digestID: [
        'malformed/structure',
        { edits: { encodeItem: (item) => itemBytes({ ...item, digestID: float as never }) } },
      ],
      sex: ['malformed/element_type', { elements: { [PERSON]: { sex: float } } }],
      age_in_years: ['malformed/element_type', { elements: { [PERSON]: { age_in_years: float } } }],
      age_birth_year: [
        'malformed/element_type',
        { elements: { [PERSON]: { age_birth_year: float } } },
      ],
      'identifier of a digest': [
        'malformed/key_type',
        {
          edits: {
            mso: (it: Mso) => ({
              ...it,
              valueDigests: { [PERSON]: new Map([[float as never, new Uint8Array(32)]]) },
            }),
          },
        },
      ],
      'an error code': [
        'malformed/structure',
        { edits: { document: (it) => ({ ...it, errors: { [PERSON]: { sex: float } } }) } },
      ],
      'an error of a document': ['malformed/structure', { documentErrors: [{ x: float }] }],
    };
    for (const [what, [code, plan]] of Object.entries(plans)) {
      it(`${what}: ${spelling}`, () => refusedWith(code as never, verify(plan), what));
    }

    it(`idx of a status list: ${spelling}`, () => {
      const list = statusListCwt({
        signer: pki.statusSigner,
        uri: URI,
        statuses: { 1: STATUS.invalid },
        issuedAt: days(-1),
        expiresAt: days(1),
      });
      const source = statusListSource({ fetch: async () => new Response(list as BodyInit) });
      const plan = { msoStatus: { status_list: { idx: float, uri: URI } } };
      return refusedWith(
        'undetermined/status_unknown',
        verify(plan, { revocation: { sources: [source] } }),
      );
    });
  }

  it('and an element nobody knows may be one', async () => {
    const { elements } = await verify({ elements: { x: { height: raw(fromHex('f93e00')) } } });
    assert.deepEqual({ ...(elements.get('x')?.get('height') as object) }, { value: 1.5 });
  });
});
