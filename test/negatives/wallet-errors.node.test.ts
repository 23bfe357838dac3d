/** What a wallet says went wrong, and documents of kinds this verifier cannot read. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MdocRefusedError } from '../../src/mdoc/report.ts';
import type { Cbor } from '../../src/testing/issuer/cbor.ts';
import type { ResponsePlan } from '../../src/testing/issuer/mdoc.ts';
import { MDL } from '../../src/testing/issuer/persons.ts';
import { PERSON, refuses, verify } from './neg.ts';

const response = (change: (it: Record<string, Cbor>) => Cbor): ResponsePlan => ({
  edits: { response: change },
});

it('documentErrors: what was found is what was sent', async () => {
  const found = async (documentErrors: Cbor) => {
    const error = await verify({ documentErrors }).catch((it: MdocRefusedError) => it);
    assert.ok(error instanceof MdocRefusedError);
    return error.checks.find(({ id }) => id === 'mdoc.status')?.detail ?? '';
  };
  assert.match(await found([]), /found an empty list/);
  assert.match(
    await found([{ [MDL]: 0 }, { other: -3 }]),
    new RegExp(`found ${MDL}: 0, other: -3`),
  );
});

it('documents this verifier cannot read are refused by name, not ignored', () =>
  refuses(
    ['zero knowledge', 'unsupported/zk_documents', response((it) => ({ ...it, zkDocuments: [] }))],
    [
      'zero knowledge in the place of documents',
      'unsupported/zk_documents',
      response(({ documents: _, ...it }) => ({ ...it, zkDocuments: [new Map()] })),
    ],
    [
      'encrypted once more',
      'unsupported/encrypted_documents',
      response((it) => ({ ...it, encryptedDocuments: [{}] })),
    ],
    [
      'encrypted in the place of documents',
      'unsupported/encrypted_documents',
      response(({ documents: _, ...it }) => ({ ...it, encryptedDocuments: [] })),
    ],
  ));

describe("a document's errors", () => {
  const asked = { [PERSON]: { sex: false, birth_date: false } };
  const said = (errors: Cbor, elements: string[] = ['sex', 'birth_date']): ResponsePlan => ({
    disclose: { [PERSON]: elements },
    edits: { document: (it) => ({ ...it, errors }) },
  });
  const optional = { [PERSON]: ['sex'] };

  it('of an element that is needed refuse with its code', async () => {
    for (const elements of [['sex'], ['sex', 'birth_date']]) {
      const plan = said({ [PERSON]: { birth_date: 0 } }, elements);
      for (const options of [{ requested: asked }, { requested: asked, optional }]) {
        const error = await verify(plan, options).catch((it: MdocRefusedError) => it);
        assert.ok(error instanceof MdocRefusedError);
        assert.equal(error.code, 'request_mismatch/element_error');
        const { detail } = error.checks.find(({ id }) => id === 'mdoc.requested') ?? {};
        assert.match(detail ?? '', /birth_date: expected none, found error code 0/);
      }
    }
  });

  it('of an optional one, or of one nobody asked for, become part of a check', async () => {
    const plan = said({ [PERSON]: { sex: 0, height: -7 } }, ['birth_date']);
    const { checks } = await verify(plan, { requested: asked, optional });
    const { outcome, detail } = checks.find(({ id }) => id === 'mdoc.requested') ?? {};
    assert.equal(outcome, 'passed');
    assert.match(detail ?? '', /error code 0 for .*\/sex.*error code -7 for .*\/height/);
  });

  it('of any other shape are malformed', async () => {
    for (const errors of [
      [],
      'x',
      0,
      null,
      { [PERSON]: 0 },
      { [PERSON]: ['sex'] },
      new Map([[1, {}]]),
      { [PERSON]: { sex: 'x' } },
      { [PERSON]: { sex: null } },
    ]) {
      const refused = verify(said(errors as Cbor), { requested: asked });
      await assert.rejects(refused, { code: 'malformed/structure' }, JSON.stringify(errors));
    }
  });
});
