/** Cases 10 to 25 and 81: the MSO, and the elements it vouches for. */
import assert from 'node:assert/strict';
import { MdocRefusedError } from '../../src/mdoc/report.ts';
import { type Cbor, tag, tdate } from '../../src/testing/issuer/cbor.ts';
import {
  type Item,
  itemBytes,
  type Mso,
  type ResponsePlan,
} from '../../src/testing/issuer/mdoc.ts';
import { MDL, MNC } from '../../src/testing/issuer/persons.ts';
import { CARD, days, neg, PERSON, refuses, signer, verify } from './neg.ts';

type Edits = Required<NonNullable<ResponsePlan['edits']>>;
const mso = (change: (mso: Mso) => Cbor): ResponsePlan => ({ edits: { mso: change } });
const sent = (change: Edits['nameSpaces']): ResponsePlan => ({ edits: { nameSpaces: change } });
const element = (name: string, value: Cbor): ResponsePlan => ({
  elements: { x: { [name]: value } },
});

/** The items as signed; what is sent has `change` made to the one of this name. */
function altered(name: string, change: (item: Item) => Item): ResponsePlan {
  let signed: Item[] = [];
  return {
    edits: {
      items: (it) => {
        signed = it;
        return it;
      },
      nameSpaces: () => {
        const nameSpaces: Record<string, Cbor[]> = {};
        for (const item of signed) {
          const bytes = itemBytes(item.elementIdentifier === name ? change(item) : item);
          nameSpaces[item.namespace] = [...(nameSpaces[item.namespace] ?? []), bytes];
        }
        return nameSpaces;
      },
    },
  };
}

neg(10, 'digest mismatch', () =>
  refuses(
    [
      'another value',
      'digest/mismatch',
      altered('full_name_unicode', (it) => ({ ...it, elementValue: '番号　太郎' })),
    ],
    [
      'another name for a value',
      'digest/mismatch',
      altered('age_over_20', (it) => ({ ...it, elementIdentifier: 'age_over_21' })),
    ],
    [
      'another salt',
      'digest/mismatch',
      altered('sex', (it) => ({ ...it, random: new Uint8Array(32) })),
    ],
    [
      'a shortened digest',
      'digest/mismatch',
      mso((it) => {
        const digests = it.valueDigests[CARD] ?? new Map<number, Uint8Array>();
        const shortened = [...digests].map(([id, digest]) => [id, digest.subarray(0, 16)] as const);
        return { ...it, valueDigests: { ...it.valueDigests, [CARD]: new Map(shortened) } };
      }),
    ],
    [
      'items of two namespaces swapped',
      'digest/missing',
      sent((it) => ({ [CARD]: it[PERSON] ?? [], [PERSON]: it[CARD] ?? [] })),
    ],
  ),
);

neg(11, 'item without a digest in the MSO', () =>
  refuses([
    'one digest less',
    'digest/missing',
    mso((it) => {
      it.valueDigests[PERSON]?.delete([...(it.valueDigests[PERSON]?.keys() ?? [])][0] ?? -1);
      return it;
    }),
  ]),
);

neg(12, 'duplicate element identifier or digestID', () =>
  refuses(
    [
      'the same item twice',
      'malformed/duplicate_element',
      sent((it) => ({ ...it, [CARD]: [...(it[CARD] ?? []), it[CARD]?.[0] ?? null] })),
    ],
    [
      'two values of one element, both signed',
      'malformed/duplicate_element',
      {
        edits: {
          items: (it) => [...it, { ...(it[0] as Item), digestID: 99, elementValue: 'other' }],
        },
      },
    ],
    [
      'two elements under one digestID',
      'malformed/duplicate_digest_id',
      { edits: { items: (it) => it.map((item) => ({ ...item, digestID: 7 })) } },
    ],
  ),
);

neg(13, 'namespace absent from valueDigests', () =>
  refuses(
    [
      'a namespace of its own',
      'digest/name_space',
      sent((it) => ({ ...it, 'x.y': it[PERSON] ?? [] })),
    ],
    ['no digests at all', 'digest/name_space', mso((it) => ({ ...it, valueDigests: {} }))],
  ),
);

neg(14, 'MSO version not supported', () =>
  refuses(
    ['2.0', 'unsupported/mso_version', mso((it) => ({ ...it, version: '2.0' }))],
    ['0.9', 'unsupported/mso_version', mso((it) => ({ ...it, version: '0.9' }))],
    ['a number', 'malformed/structure', mso((it) => ({ ...it, version: 1 }))],
  ),
);

neg(15, 'docType in the MSO other than that of the document', () =>
  refuses(['mDL', 'request_mismatch/mso_doc_type', mso((it) => ({ ...it, docType: MDL }))]),
);

neg(16, 'docType other than requested', () =>
  refuses(['mDL', 'request_mismatch/doc_type', { docType: MDL }]),
);

neg(17, 'digestAlgorithm not SHA-256, SHA-384 or SHA-512', async () => {
  await refuses(
    ['SHA-1', 'unsupported/digest_algorithm', { digestAlgorithm: 'SHA-1' }],
    ['MD5', 'unsupported/digest_algorithm', { digestAlgorithm: 'MD5' }],
    [
      'another spelling',
      'unsupported/digest_algorithm',
      mso((it) => ({ ...it, digestAlgorithm: 'sha-256' })),
    ],
    ['none', 'unsupported/digest_algorithm', mso((it) => ({ ...it, digestAlgorithm: '' }))],
    [
      'SHA-512 said of SHA-256',
      'digest/mismatch',
      mso((it) => ({ ...it, digestAlgorithm: 'SHA-512' })),
    ],
  );
  for (const digestAlgorithm of ['SHA-256', 'SHA-384', 'SHA-512'] as const) {
    await verify({ digestAlgorithm });
  }
});

neg(18, 'item salt shorter than 16 bytes', async () => {
  await refuses(
    ['15', 'malformed/salt', { saltLength: 15 }],
    ['4', 'malformed/salt', { saltLength: 4 }],
    ['0', 'malformed/salt', { saltLength: 0 }],
  );
  await verify({ saltLength: 16 });
});

const SECOND = 1_000;
neg(19, 'MSO expired', async () => {
  const validUntil = days(-0.5);
  const plan = { validity: { validUntil } };
  await refuses(
    ['half a day ago', 'validity/expired', plan],
    [
      'a second ago',
      'validity/expired',
      plan,
      { now: Math.floor(+validUntil / SECOND) * SECOND + SECOND },
    ],
  );
  await verify(plan, { now: Math.floor(+validUntil / SECOND) * SECOND - SECOND });
});

neg(20, 'MSO not yet valid', async () => {
  const validFrom = days(1);
  const plan = { validity: { validFrom } };
  await refuses(
    ['tomorrow', 'validity/not_yet_valid', plan],
    ['in a minute', 'validity/not_yet_valid', plan, { now: +validFrom - 62 * SECOND }],
    [
      'in a second, without tolerance',
      'validity/not_yet_valid',
      plan,
      { now: +validFrom - 2 * SECOND, clockToleranceSeconds: 0 },
    ],
  );
  await verify(plan, { now: +validFrom + SECOND });
  const { checks } = await verify(plan, { now: +validFrom - 30 * SECOND });
  const { outcome, detail } = checks.find(({ id }) => id === 'mdoc.validity') ?? {};
  assert.equal(outcome, 'passed');
  assert.match(detail ?? '', /validFrom is 30 s ahead of this clock, 60 s are tolerated/);
  await verify(plan, { now: +validFrom - 299 * SECOND, clockToleranceSeconds: 300 });
  for (const clockToleranceSeconds of [301, -1, Number.NaN, '60' as never]) {
    await assert.rejects(verify(plan, { clockToleranceSeconds }), { code: 'config/option' });
  }
});

neg(21, 'validUntil before validFrom, or signed in the future', () =>
  refuses(
    [
      'a period that ends before it begins',
      'validity/window',
      { validity: { validFrom: days(2), validUntil: days(1) } },
    ],
    [
      'signed tomorrow',
      'validity/signed_in_future',
      { validity: { signed: days(1), validFrom: days(-1) } },
    ],
    [
      'a date that does not exist',
      'malformed/structure',
      mso((it) => ({
        ...it,
        validityInfo: { ...it.validityInfo, validUntil: tag(0, '2027-02-30T00:00:00Z') },
      })),
    ],
    [
      'no date',
      'malformed/structure',
      mso(({ validityInfo: { validUntil: _, ...validityInfo }, ...it }) => ({
        ...it,
        validityInfo,
      })),
    ],
    [
      'a number for a date',
      'malformed/structure',
      mso((it) => ({ ...it, validityInfo: { ...it.validityInfo, signed: 0 } })),
    ],
  ),
);

neg(22, "signed outside the document signer certificate's validity", async () => {
  await refuses(['before', 'validity/signed_outside_signer', { validity: { signed: days(-31) } }]);
  // After it: then the certificate has expired too, or the document was signed in the future.
  const late = { validity: { signed: days(20), validFrom: days(-1) } };
  const plan = { ...late, signer: signer({ notAfter: days(10) }) };
  await assert.rejects(verify(plan, { now: +days(21) }), ({ codes }: MdocRefusedError) => {
    return codes.includes('validity/signed_outside_signer');
  });
});

const NAME = { [CARD]: { full_name_unicode: false } };
const NAME_ONLY = { [CARD]: ['full_name_unicode'] };

neg(23, 'element returned that was not requested', async () => {
  const plan = { disclose: { [CARD]: ['full_name_unicode', 'resident_address_unicode'] } };
  await verify({ disclose: NAME_ONLY }, { requested: NAME });
  const others = { [CARD]: { ...NAME[CARD], resident_address_unicode: false } };
  await verify(plan, { requested: others });
  await refuses(
    ['an address', 'request_mismatch/extra_element', plan, { requested: NAME }],
    [
      'of another namespace',
      'request_mismatch/extra_element',
      plan,
      { requested: { x: others[CARD] ?? {} } },
    ],
    [
      'by the name of a member every object has',
      'request_mismatch/extra_element',
      element('constructor', 1),
      { requested: { x: {} } },
    ],
    [
      'in a namespace by such a name',
      'request_mismatch/extra_element',
      plan,
      { requested: { constructor: { x: false }, ['__proto__']: { x: false } } },
    ],
    [
      'signed by the device, which may',
      'request_mismatch/extra_element',
      {
        disclose: NAME_ONLY,
        deviceSigned: { x: { y: 1 } },
        keyAuthorizations: { nameSpaces: ['x'] },
      },
      { requested: NAME },
    ],
  );
  const refusal = await verify(plan, { requested: NAME }).catch((error: unknown) => error);
  assert.ok(refusal instanceof MdocRefusedError);
  assert.doesNotMatch(JSON.stringify([refusal, refusal.message]), /番号|花子|△△市/);
});

neg(24, 'mandatory element withheld', async () => {
  const requested = { [CARD]: { full_name_unicode: false, sex_unicode: false } };
  const plan = { disclose: NAME_ONLY };
  await refuses(
    ['one of two', 'request_mismatch/missing_element', plan, { requested }],
    [
      'there, but in another namespace',
      'request_mismatch/missing_element',
      { disclose: { [PERSON]: ['sex'] } },
      { requested: { [PERSON]: { sex: false }, [CARD]: { sex: false } } },
    ],
    [
      'null in its place',
      'malformed/element_type',
      element('anything', null),
      { requested: { x: { anything: false } } },
    ],
    [
      'only the device says it',
      'request_mismatch/missing_element',
      {
        ...plan,
        deviceSigned: { [CARD]: { sex_unicode: '女' } },
        keyAuthorizations: { nameSpaces: [CARD] },
      },
      { requested },
    ],
  );
  await verify(plan, { requested, optional: { [CARD]: ['sex_unicode'] } });
});

neg(25, 'value type confusion', async () => {
  const wrongDates = [
    19710901,
    '1971-09-01',
    null,
    new Uint8Array(4),
    ['1971-09-01'],
    { date: 1 },
    true,
    tag(1004, '1971-02-30'),
    tag(1004, '71-09-01'),
    tag(0, '1971-09-01'),
    tag(0, '1971-09-01T25:00:00Z'),
  ] as const;
  const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47);
  await refuses(
    ...wrongDates
      .filter((it) => typeof it !== 'string')
      .map((it) => ['birth_date', 'malformed/element_type', element('birth_date', it)] as const),
    ['portrait: PNG', 'malformed/portrait', element('portrait', PNG)],
    [
      'portrait: SVG',
      'malformed/portrait',
      element('portrait', new TextEncoder().encode('<svg/>')),
    ],
    ['portrait: text', 'malformed/portrait', element('portrait', 'data:image/jpeg;base64,/9j/')],
    ['portrait: empty', 'malformed/portrait', element('portrait', new Uint8Array())],
    ['a name that is a list', 'malformed/element_type', element('full_name_unicode', ['a'])],
    ['an age that is text', 'malformed/element_type', element('age_in_years', '20')],
    ['a negative age', 'malformed/element_type', element('age_in_years', -1)],
    ['an age with a fraction', 'malformed/element_type', element('age_in_years', 20.5)],
    ['an age limit that is a number', 'malformed/element_type', element('age_over_20', 1)],
    ['an age limit that is text', 'malformed/element_type', element('age_over_20', 'true')],
    [
      'a name of 2,001 characters',
      'limit/element',
      element('full_name_unicode', 'x'.repeat(2_001)),
    ],
    [
      'a portrait of over 1 MB',
      'limit/element',
      element(
        'portrait',
        Uint8Array.from({ length: 2 ** 20 + 1 }, (_, i) => [0xff, 0xd8, 0xff][i] ?? 0),
      ),
    ],
  );
  // Real cards are not published: a date may be tag 1004, tag 0, or text; the form found is kept.
  for (const value of [tag(1004, '1971-09-01'), tdate(new Date('1971-09-01')), '1971-09-01']) {
    await verify(element('birth_date', value));
  }
});

neg(81, 'individual number without the stated legal basis', async () => {
  const individualNumber = { legalBasis: { ja: '番号利用法', en: 'Number Act' } };
  const disclose = { [CARD]: ['individual_number_unicode'] };
  const requested = { [CARD]: { individual_number_unicode: false } };
  await refuses(
    [
      'accepted though nothing was asked',
      'policy/individual_number',
      { docType: MNC, disclose },
      {},
    ],
    ['requested', 'policy/individual_number', { disclose }, { requested }],
  );
  await verify({ disclose }, { requested, individualNumber });
});
