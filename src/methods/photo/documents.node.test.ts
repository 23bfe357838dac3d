import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DOCUMENT_IDS, DOCUMENTS, type DocumentType } from './documents.ts';

describe('documents', () => {
  it('never asks for a forbidden side', () => {
    for (const id of DOCUMENT_IDS) {
      const { sides, forbidden }: DocumentType = DOCUMENTS[id];
      assert.deepEqual(
        sides.filter((side) => forbidden.includes(side)),
        [],
        id,
      );
    }
  });

  it('forbids the back of a My Number Card, which carries the individual number', () => {
    assert.deepEqual(DOCUMENTS['my-number-card'].forbidden, ['back']);
  });

  it('gives a passport its own shape and no thickness', () => {
    assert.ok(Math.abs(DOCUMENTS.passport.aspect - 1.42) < 0.01);
    assert.equal(DOCUMENTS.passport.thickness, false);
  });

  it('masks only sides that are photographed', () => {
    for (const id of DOCUMENT_IDS) {
      const { sides, masks }: DocumentType = DOCUMENTS[id];
      for (const { side } of masks) assert.ok(sides.includes(side), id);
    }
  });
});
