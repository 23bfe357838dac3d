/** Requests written and signed by the test encoder, which shares no code with what reads them here. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  isoRequest,
  type NameSpaces,
  openId4VpRequest,
} from '../../../../test/interop/relying-party.ts';
import { embedded } from '../../../testing/issuer/cbor.ts';
import { issueReader, issueReaderCa } from '../../../testing/issuer/pki.ts';
import type { SessionView, WalletRequest } from '../../../wire/contract.ts';
import { IdVerifyError } from '../../../wire/error.ts';
import { checkRequests } from './request-check.ts';

const origin = 'https://shop.example';
const docType = 'org.iso.23220.1.jp.mnc';
const CARD = 'org.iso.23220.1.jp';
const PERSON = 'org.iso.23220.1';
const authority = issueReaderCa();
const reader = issueReader(authority, { organization: 'テスト商店' });

const purpose = { ja: '確認のため' };
const session = {
  origin,
  relyingParty: { name: { ja: 'テスト商店', en: 'Test Shop' } },
  claims: [
    { claim: 'name', purpose, retainDays: 2555 },
    { claim: 'birth_date', purpose, retainDays: 0 },
    { claim: 'age_over_20', purpose, retainDays: 0 },
  ],
} as unknown as SessionView;

const asked: NameSpaces = {
  [CARD]: { full_name_unicode: true },
  [PERSON]: { birth_date: false },
};
const iso = (nameSpaces = asked, change: object = {}) =>
  isoRequest({ docType, nameSpaces, origin, reader, ...change }) as unknown as WalletRequest;
const vp = async (nameSpaces = asked, kind: 'signed' | 'unsigned' | 'multisigned' = 'signed') =>
  (await openId4VpRequest({
    docType,
    nameSpaces,
    origin,
    reader,
    kind,
  })) as unknown as WalletRequest;

const refuses = (requests: readonly WalletRequest[], code: string, view = session) =>
  assert.throws(
    () => checkRequests(requests, view),
    (error) => error instanceof IdVerifyError && error.code === code,
    code,
  );

describe('what the wallet will be asked', () => {
  it('is read from every protocol’s own bytes', async () => {
    const offered = [
      iso(),
      iso(asked, { version: '1.0' }),
      await vp(),
      await vp(asked, 'multisigned'),
    ];
    const unsigned = [iso(asked, { reader: undefined }), await vp(asked, 'unsigned')];
    for (const requests of [offered, unsigned]) {
      const { asked, notAsked } = checkRequests(requests, session);
      assert.deepEqual(
        asked.map(({ claim, retainDays }) => [claim, retainDays]),
        [
          ['name', 2555],
          ['birth_date', 0],
        ],
      );
      assert.deepEqual(notAsked, ['address', 'sex', 'portrait', 'individual_number']);
    }
  });

  it('lists an age as the question it is', () => {
    const { asked, notAsked } = checkRequests([iso({ [PERSON]: { age_over_20: false } })], session);
    assert.deepEqual(
      asked.map(({ claim }) => claim),
      ['age_over_20'],
    );
    assert.ok(notAsked.includes('birth_date') && notAsked.includes('name'));
  });

  it('must have a purpose in the profile, whichever protocol asks it', async () => {
    const more = { ...asked, [CARD]: { full_name_unicode: true, portrait: false } };
    refuses([iso(more)], 'config/purpose');
    refuses([iso(), await vp(more)], 'config/purpose');
  });

  it('must be kept, or not kept, as stated', async () => {
    refuses([iso({ [CARD]: { full_name_unicode: false } })], 'config/retention');
    refuses([iso({ [PERSON]: { birth_date: true } })], 'config/retention');
    refuses([await vp({ [PERSON]: { birth_date: true } })], 'config/retention');
  });

  it('must be the same by every protocol', async () => {
    refuses([iso(), await vp({ [PERSON]: { birth_date: false } })], 'config/protocols_differ');
    const reversed = { [PERSON]: { birth_date: false }, [CARD]: { full_name_unicode: true } };
    assert.equal(checkRequests([iso(), await vp(reversed)], session).asked.length, 2);
  });

  it('must be elements we know of one document we know', () => {
    refuses([iso({ [CARD]: { blood_type: false } })], 'config/element');
    refuses([iso({ [PERSON]: { age_over_200: false } })], 'config/element');
    refuses([iso({ other: { full_name_unicode: true } })], 'config/element');
    refuses([iso(asked, { docType: 'org.example.card' })], 'config/document');
    refuses([iso({ [CARD]: {} })], 'config/document');
    refuses([], 'config/document');
    const twice = (request: Record<string, unknown>) => {
      const [first] = request.docRequests as unknown[];
      return { ...request, docRequests: [first, first] };
    };
    refuses([iso(asked, { edit: twice })], 'config/document');
  });

  it('must not ask more by the side door of requestInfo', () => {
    const alternative = (request: Record<string, unknown>) => ({
      ...request,
      docRequests: [
        {
          itemsRequest: embedded({
            docType,
            nameSpaces: asked,
            requestInfo: { alternativeDataElements: [] },
          }),
        },
      ],
    });
    refuses([iso(asked, { edit: alternative })], 'unsupported/items_request');
  });

  it('neg-81 never is the individual number without a stated legal basis', async () => {
    const number: NameSpaces = { [CARD]: { individual_number_unicode: false } };
    const claims = [{ claim: 'individual_number', purpose, retainDays: 0 }];
    const view = { ...session, claims } as unknown as SessionView;
    refuses([iso(number)], 'policy/individual_number', view);
    refuses([await vp(number)], 'policy/individual_number', view);
    const based = { ...view, individualNumberBasis: { ja: '番号利用法による事務' } };
    assert.equal(checkRequests([iso(number)], based).asked.length, 1);
  });

  it('is refused where it cannot be read', () => {
    const broken = { protocol: 'org-iso-mdoc', data: { deviceRequest: 'AA', encryptionInfo: '' } };
    refuses([broken as WalletRequest], 'malformed/structure');
  });
});

describe('who asks', () => {
  const as = (overrides: object) => [iso(asked, { reader: issueReader(authority, overrides) })];
  const named = (relyingParty: object) => ({ ...session, relyingParty }) as SessionView;

  it('is the organization of the reader certificate', () => {
    refuses(as({ organization: '別の商店' }), 'config/reader_name');
    assert.ok(checkRequests(as({ organization: 'Test Shop' }), session));
    assert.ok(checkRequests(as({ organization: 'Ｔｅｓｔ　Ｓｈｏｐ' }), session));
    const legal = named({ name: { ja: 'テスト' }, legalName: '株式会社テスト商店' });
    assert.ok(checkRequests(as({ organization: '株式会社テスト商店' }), legal));
  });

  it('with another organization is not saved by the host it speaks for', () => {
    refuses(as({ organization: '別の商店', dnsNames: ['shop.example'] }), 'config/reader_name');
  });

  it('is the common name or the host where there is no organization', () => {
    const subject = { CN: 'reader 1', C: 'JP' };
    assert.ok(checkRequests(as({ subject: { CN: 'テスト商店' } }), session));
    assert.ok(checkRequests(as({ subject, dnsNames: ['shop.example'] }), session));
    assert.ok(checkRequests(as({ subject, dnsNames: ['x.example', '*.example'] }), session));
    for (const dnsNames of [['other.example'], ['*.shop.example'], ['shop.example.evil'], []]) {
      refuses(as({ subject, dnsNames }), 'config/reader_name');
    }
  });

  it('is read from OpenID4VP’s x5c as well, and must be there when signed', async () => {
    const other = issueReader(authority, { organization: '別の商店' });
    const plan = { docType, nameSpaces: asked, origin, reader: other, kind: 'signed' } as const;
    const request = (await openId4VpRequest(plan)) as unknown as WalletRequest;
    refuses([request], 'config/reader_name');
    const signed = await vp();
    if (signed.protocol !== 'openid4vp-v1-signed') assert.fail();
    const [, payload, signature] = signed.data.request.split('.');
    const header = Buffer.from('{"alg":"ES256"}').toString('base64url');
    const bare = { ...signed, data: { request: `${header}.${payload}.${signature}` } };
    refuses([bare], 'config/reader_name');
  });
});
