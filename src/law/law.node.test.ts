import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { METHODS, type MethodId } from '../wire/contract.ts';
import { type Content, isAllowed, japaneseDay, lawRow, legalBasis } from './law.ts';
import { dayAfter, LAW, type LawRow, STATUTES, type Statute } from './table.ts';

const at = (day: string): number => Date.parse(`${day}T12:00:00+09:00`);
const statutes = Object.keys(STATUTES) as Statute[];

/** Rows whose span has ended by `day` with nothing after them: the table needs a person. */
const endedWithoutSuccessor = (day: string, table: readonly LawRow[] = LAW): LawRow[] =>
  table.filter(
    (row) =>
      row.validTo !== undefined &&
      row.validTo < day &&
      !table.some(
        (next) =>
          next.statute === row.statute &&
          next.method === row.method &&
          next.validFrom === dayAfter(row.validTo ?? ''),
      ),
  );

/** A result that holds all any clause asks for. */
const whole: Content = {
  claims: ['name', 'address', 'birth_date', 'portrait'],
  age: 40,
  occupation: true,
  signatureVerifier: 'self',
};

describe('law', () => {
  it('has no row that ended without a successor (confirm at e-Gov, then add the row)', () => {
    assert.deepEqual(endedWithoutSuccessor(japaneseDay(Date.now())), []);
  });

  it('notices a row that ends without a successor', () => {
    const alone = LAW.filter((row) => row.id === 'jp-aml/photo/2027-03-31');
    assert.equal(alone.length, 1);
    assert.deepEqual(endedWithoutSuccessor('2027-03-31', alone), []);
    assert.deepEqual(endedWithoutSuccessor('2027-04-01', alone), alone);
  });

  it('answers at most one row for any day', () => {
    const days = LAW.flatMap(({ validFrom, validTo }) => [
      ...(validFrom ? [validFrom] : []),
      ...(validTo ? [validTo, dayAfter(validTo)] : []),
    ]);
    for (const day of [...days, '2026-11-22']) {
      for (const statute of statutes) {
        for (const method of METHODS) {
          const rows = LAW.filter(
            (row) =>
              row.statute === statute &&
              row.method === method &&
              (row.validFrom ?? '') <= day &&
              day <= (row.validTo ?? '9999'),
          );
          assert.ok(rows.length <= 1, `${statute} ${method} ${day}`);
        }
      }
    }
    assert.equal(new Set(LAW.map((row) => row.id)).size, LAW.length);
  });

  it('changes the letters at midnight in Japan', () => {
    const last = Date.parse('2027-03-31T23:59:59+09:00');
    assert.equal(legalBasis('jp-aml', 'wallet', last, whole)?.clause, 'ル');
    assert.equal(legalBasis('jp-aml', 'wallet', last + 1_000, whole)?.clause, 'ト');
    assert.equal(legalBasis('jp-aml', 'jpki', last, whole)?.clause, 'カ');
    assert.equal(legalBasis('jp-aml', 'jpki', last + 1_000, whole)?.clause, 'ヌ');
  });

  it('ends the photo rung by date', () => {
    assert.equal(isAllowed('jp-aml', 'photo', at('2027-03-31')), true);
    assert.equal(isAllowed('jp-aml', 'photo', at('2027-04-01')), false);
    assert.equal(isAllowed('jp-mobile', 'photo', at('2026-11-22')), false);
    assert.equal(isAllowed('jp-secondhand', 'photo', at('2026-11-22')), true);
    assert.equal(isAllowed('jp-secondhand', 'wallet', at('2026-11-22')), false);
  });

  it('labels a result only when its own content is what the clause asks', () => {
    const on = at('2026-11-30');
    const label = (statute: Statute, method: MethodId, less: Partial<Content>) =>
      legalBasis(statute, method, on, { ...whole, ...less })?.clause;
    for (const { statute, method, clause } of LAW.filter(
      (row) => row === lawRow(row.statute, row.method, on),
    )) {
      assert.equal(label(statute, method, {}), clause ?? undefined, `${statute} ${method}`);
      for (const claim of ['name', 'address', 'birth_date'] as const) {
        const claims = whole.claims.filter((one) => one !== claim);
        assert.equal(
          label(statute, method, { claims }),
          undefined,
          `${statute} ${method} ${claim}`,
        );
      }
      assert.equal(label(statute, method, { claims: ['age_over_20'] }), undefined);
    }
    const faceless = { claims: ['name', 'address', 'birth_date'] } as const;
    assert.equal(label('jp-aml', 'wallet', faceless), undefined);
    assert.equal(label('jp-aml', 'jpki', faceless), 'カ');
    for (const age of [14, undefined]) assert.equal(label('jp-aml', 'wallet', { age }), undefined);
    assert.equal(label('jp-aml', 'wallet', { age: 15 }), 'ル');
    for (const signatureVerifier of ['operator', undefined] as const) {
      for (const statute of statutes) {
        assert.equal(label(statute, 'jpki', { signatureVerifier }), undefined);
        assert.equal(label(statute, 'jpki-mobile', { signatureVerifier }), undefined);
      }
    }
    for (const method of ['jpki', 'ic-chip', 'photo'] as const) {
      assert.equal(label('jp-secondhand', method, { occupation: false }), undefined);
    }
    const aged = { claims: ['name', 'address', 'age_in_years'] } as const;
    assert.equal(label('jp-secondhand', 'photo', aged), '8');
  });

  it('demands the confirmation program for a wallet card', () => {
    assert.equal(lawRow('jp-aml', 'wallet', at('2026-11-22'))?.confirmation, 'required');
    assert.equal(lawRow('jp-mobile', 'wallet', at('2026-11-22'))?.confirmation, 'required');
  });
});
