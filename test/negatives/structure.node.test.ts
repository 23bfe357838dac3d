/** Cases 1 to 9: what a DeviceResponse is made of. */
import { indefinite, nested, pairs, raw, tag, wide } from '../../src/testing/issuer/cbor.ts';
import { itemBytes, type ResponsePlan } from '../../src/testing/issuer/mdoc.ts';
import { MDL } from '../../src/testing/issuer/persons.ts';
import { CARD, neg, PERSON, refuses, verify } from './neg.ts';

type Edits = Required<NonNullable<ResponsePlan['edits']>>;
const edited = (edits: Partial<Edits>): ResponsePlan => ({ edits });
const encoded = (change: Edits['encoded']): ResponsePlan => edited({ encoded: change });
const response = (change: Edits['response']): ResponsePlan => edited({ response: change });
const mso = (change: Edits['mso']): ResponsePlan => edited({ mso: change });

neg(1, 'malformed, indefinite-length or trailing CBOR', () =>
  refuses(
    ['a byte behind', 'malformed/trailing_bytes', encoded((it) => new Uint8Array([...it, 0]))],
    ['a byte short', 'malformed/truncated', encoded((it) => it.slice(0, -1))],
    ['nothing', 'malformed/truncated', encoded(() => new Uint8Array())],
    ['a reserved head', 'malformed/reserved_head', encoded(() => Uint8Array.of(0x1c))],
    ['a break', 'malformed/indefinite_length', encoded(() => Uint8Array.of(0xff))],
    ['no map', 'malformed/structure', response(() => [])],
    [
      'an indefinite map',
      'malformed/indefinite_length',
      response((it) => indefinite('map', Object.entries(it).flat())),
    ],
    [
      'indefinite bytes in an item',
      'malformed/indefinite_length',
      { elements: { x: { y: indefinite('bytes', [Uint8Array.of(1)]) } } },
    ],
    [
      'indefinite text in the MSO',
      'malformed/indefinite_length',
      mso((it) => ({ ...it, version: indefinite('text', ['1.0']) })),
    ],
    [
      'text that is not UTF-8',
      'malformed/text_utf8',
      { elements: { x: { y: raw(Uint8Array.of(0x61, 0xff)) } } },
    ],
    ['a bignum', 'malformed/bignum', { elements: { x: { y: tag(2, new Uint8Array(9)) } } }],
  ),
);

neg(2, 'duplicate map keys', () =>
  refuses(
    [
      'in the response',
      'malformed/duplicate_key',
      response((it) => pairs(...Object.entries(it), ['status', 0])),
    ],
    [
      'one of them with a longer head',
      'malformed/duplicate_key',
      response((it) => pairs(...Object.entries(it), [wide('status', 1), 0])),
    ],
    [
      'in an item',
      'malformed/duplicate_key',
      { elements: { x: { y: pairs(['a', 1], ['a', 2]) } } },
    ],
    [
      'in the MSO',
      'malformed/duplicate_key',
      mso((it) => pairs(...Object.entries(it), ['docType', it.docType])),
    ],
    [
      'in the headers of the issuer',
      'malformed/duplicate_key',
      edited({ issuerAuth: ([p, , b, s]) => [p, pairs([33, 0], [33, 0]), b, s] }),
    ],
  ),
);

neg(3, 'nesting or size bomb above the limit', () =>
  refuses(
    ['deep response', 'limit/depth', response((it) => ({ ...it, documents: nested(17) }))],
    ['deep item', 'limit/depth', { elements: { x: { y: nested(17) } } }],
    ['deep MSO', 'limit/depth', mso((it) => ({ ...it, status: nested(17) }))],
    [
      'an array said to hold 4 billion',
      'limit/items',
      encoded(() => Uint8Array.of(0x9a, 0xff, 0xff, 0xff, 0xff)),
    ],
    [
      'a text said to be 4 GB',
      'limit/bytes',
      encoded(() => Uint8Array.of(0x7a, 0xff, 0xff, 0xff, 0xff)),
    ],
    ['2 MB', 'limit/bytes', { elements: { x: { y: new Uint8Array(2 ** 21) } } }],
    [
      '1 MB of one element',
      'limit/element',
      { elements: { x: { y: new Uint8Array(2 ** 20 + 1) } } },
    ],
    ['50,000 values', 'limit/items', response((it) => ({ ...it, x: new Array(50_001).fill(0) }))],
    [
      '1,025 keys of one map',
      'limit/map_entries',
      response((it) => ({ ...it, x: new Map(Array.from({ length: 1_025 }, (_, i) => [i, 0])) })),
    ],
    [
      '513 elements',
      'limit/elements',
      edited({ nameSpaces: (it) => ({ [CARD]: new Array(513).fill(it[CARD]?.[0] ?? null) }) }),
    ],
  ),
);

neg(4, 'IssuerSignedItemBytes with wrong tag, or altered bytes', async () => {
  const first = (change: (item: ReturnType<typeof itemBytes>) => ReturnType<typeof itemBytes>) =>
    edited({
      nameSpaces: (it) => ({
        ...it,
        [PERSON]: (it[PERSON] ?? []).map((one, i) => (i === 0 ? change(one) : one)),
      }),
    });
  const content = {
    digestID: 0,
    random: new Uint8Array(16),
    elementIdentifier: 'x',
    elementValue: 1,
  };
  await refuses(
    ['tag 23', 'malformed/tag', first(() => tag(23, new Uint8Array(1)))],
    ['no tag', 'malformed/structure', first(() => new Uint8Array(1))],
    ['tag 24 around a map', 'malformed/tag_content', first(() => tag(24, content))],
    ['a map', 'malformed/structure', first(() => content)],
    [
      'another tag inside',
      'malformed/structure',
      edited({ encodeItem: () => tag(24, Uint8Array.of(0xd8, 24, 0x40)) }),
    ],
    ['a longer head than was signed', 'digest/mismatch', first((it) => wide(it, 2))],
  );
  // What the issuer itself wrote with long heads is hashed as it came.
  await verify(edited({ encodeItem: (item) => wide(itemBytes(item), 4) }));
});

neg(5, 'unknown DeviceResponse version', () =>
  refuses(
    ['2.0', 'unsupported/response_version', { version: '2.0' }],
    ['1.2', 'unsupported/response_version', { version: '1.2' }],
    ['empty', 'unsupported/response_version', { version: '' }],
    ['a number', 'malformed/structure', response((it) => ({ ...it, version: 1 }))],
    ['none', 'malformed/structure', response(({ version: _, ...it }) => it)],
  ),
);

neg(6, 'DeviceResponse status other than 0', () =>
  refuses(
    ['general error', 'request_mismatch/status', { status: 10 }],
    ['decoding error', 'request_mismatch/status', { status: 11 }],
    ['validation error', 'request_mismatch/status', { status: 12 }],
    ['any other', 'request_mismatch/status', { status: 1 }],
    ['negative', 'malformed/structure', { status: -1 }],
    ['none', 'malformed/structure', response(({ status: _, ...it }) => it)],
  ),
);

neg(7, 'no documents', () =>
  refuses(
    ['none', 'request_mismatch/no_document', response(({ documents: _, ...it }) => it)],
    ['an empty list', 'request_mismatch/no_document', response((it) => ({ ...it, documents: [] }))],
    ['a document that discloses nothing', 'request_mismatch/no_element', { disclose: {} }],
  ),
);

neg(8, 'more documents than asked, or two of one docType', () =>
  refuses(
    ['the same twice', 'request_mismatch/extra_document', { count: 2 }],
    ['three', 'request_mismatch/extra_document', { count: 3 }],
    [
      'another beside it',
      'request_mismatch/extra_document',
      response((it) => {
        const [document] = it.documents as [Record<string, string>];
        return { ...it, documents: [{ ...document, docType: MDL }, document] };
      }),
    ],
  ),
);

neg(9, 'documentErrors treated as success', () =>
  refuses(
    ['beside a document', 'request_mismatch/document_errors', { documentErrors: [{ [MDL]: 0 }] }],
    ['an empty list', 'request_mismatch/document_errors', { documentErrors: [] }],
    ['no list', 'malformed/structure', { documentErrors: { [MDL]: 0 } }],
    ['a list of text', 'malformed/structure', { documentErrors: [MDL] }],
    ['a code that is text', 'malformed/structure', { documentErrors: [{ [MDL]: '0' }] }],
  ),
);
