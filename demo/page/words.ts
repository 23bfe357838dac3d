/** The page in English, by the names in `data-words`; Japanese stands in the page itself. */
export type PageLanguage = 'ja' | 'en';

const en: Readonly<Record<string, string>> = {
  testSite: 'Demo site. All data is test data',
  noServer:
    'A demo without a server: verifier, issuer, wallet and phone are tests that all run in this page.',
  title: 'Identity verification in one tag.',
  lead: 'With a My Number Card on the phone there is no password and nothing to photograph. About 30 seconds, in the browser. What is sent and what is kept is shown before anything leaves.',
  scenarioHeading: 'Choose a scene',
  identity: 'Open an account',
  identityText: 'Name, address, date of birth, portrait',
  age20: 'Buy alcohol',
  age20Text: 'Only whether 20 or over',
  address: 'Change an address',
  addressText: 'Name and new address',
  mismatch: 'Somebody else',
  mismatchText: 'Compared with the account, refused',
  tryHeading: 'Try it',
  testBadge: 'Test',
  walletHeading: 'A wallet in place of a phone',
  walletText:
    'On this page a test wallet answers in place of a real phone. Its answers are encrypted like real ones, and the server verifies them as always.',
  walletMode: 'Behaviour',
  walletPerson: 'Holder of the card',
  hanako: '番号 花子 (born 1971)',
  minor: '見本 太郎 (born 2015)',
  foreigner: 'ＭＩＨＯＮ ＭＡＲＩＡ (not a Japanese national)',
  walletProtocol: 'Answers by',
  anyProtocol: 'Any protocol',
  photo: 'Sell something',
  photoText: 'Photos too, which a person reviews',
  toReviewer: 'Open the reviewer’s desk',
  again: 'Start again',
  seenHeading: 'What the server saw',
  factsHeading: 'Why it can be trusted',
  fact1: 'What you see is what is sent',
  fact1Text: 'The items on the consent screen are read from the request that is really sent.',
  fact2: 'The server decides',
  fact2Text: 'A “success” in the browser counts for nothing. The site’s server redeems the result.',
  fact3: 'Nothing stays behind',
  fact3Text:
    'Only items with a stated period are kept, and only that long. Nothing stays in the browser.',
  fact4: 'Never a dead end',
  fact4Text: 'Not supported, cancelled, offline: there is always a next way.',
  honest:
    'This open-source verifier is not by itself a certified confirmation program for My Number Cards. Production needs a certified or provided one. See the README.',
};

/** What the simulated wallet can do, in words. */
export const MODE_WORDS = {
  ja: {
    approve: '承認する（ふつうの人）',
    cancel: 'キャンセルする',
    'no-card': 'カードが入っていない',
    expired: '期限の切れたカード',
    revoked: '失効したカード',
    tampered: '内容を書きかえたカード',
    'wrong-origin': 'ほかのサイトあての返事',
    'wrong-nonce': '前の返事の使い回し',
    'other-protocol': 'たのんでいない方式で返す',
    garbage: 'でたらめな返事',
    'openid-error': 'エラーを返す',
    'unrequested-element': 'たのんでいない項目をまぜる',
    'withheld-element': '項目をかくす',
    'two-documents': '2枚まとめて返す',
    renewed: '更新したばかりのカード',
    slow: '返事がおそい',
    'api-absent': '使えないブラウザ',
    'in-app-browser': 'アプリの中のブラウザ',
    'safari-cancel': '古い Safari: キャンセルが中断に見える',
    'safari-busy': '古い Safari: ほかの依頼が開いている',
    'safari-protocols': '古い Safari: 知らない方式で止まる',
  },
  en: {
    approve: 'Approve (an ordinary person)',
    cancel: 'Cancel',
    'no-card': 'No card in it',
    expired: 'An expired card',
    revoked: 'A revoked card',
    tampered: 'An altered card',
    'wrong-origin': 'An answer for another site',
    'wrong-nonce': 'An earlier answer again',
    'other-protocol': 'An answer by another protocol',
    garbage: 'Garbage',
    'openid-error': 'An error',
    'unrequested-element': 'An element nobody asked',
    'withheld-element': 'An element left out',
    'two-documents': 'Two documents at once',
    renewed: 'A card renewed just now',
    slow: 'A slow answer',
    'api-absent': 'A browser without the API',
    'in-app-browser': 'The browser inside an app',
    'safari-cancel': 'Older Safari: a cancel looks like an abort',
    'safari-busy': 'Older Safari: another request is open',
    'safari-protocols': 'Older Safari: stops at an unknown protocol',
  },
} as const;

/** The side of the page that shows what the server saw. */
export const SEEN_WORDS = {
  ja: {
    nothing: 'まだ何も届いていません。本人確認を進めると、ここに順に出ます。',
    asked: '依頼',
    askedText:
      'サーバーが署名して作った依頼。ウォレットはこれを見て、だれが何を求めているかを示します。',
    evidence: '届いた証拠',
    evidenceText: 'ブラウザの鍵で署名された封筒。中の返事は暗号化されたままサーバーに届きます。',
    checks: '検証',
    checksText: 'ひとつでも通らなければ、結果は出ません。',
    document: '復号した書類',
    documentText: 'このデモだけの表示です。本物のサービスでは、だれにも見せません。',
    statement: 'アプリの運営者の申告',
    statementText: '署名つきです。氏名などは含まず、証拠として残ります。',
    result: 'サイトが受け取る結果',
    resultText: 'サイトのサーバーが参照番号と引き換えに受け取ります。',
    outcome: { passed: '合格', failed: '不合格', undetermined: '未確認' },
    code: '理由',
    look: '中身を見る',
  },
  en: {
    nothing: 'Nothing has arrived yet. Go on in the screen beside this.',
    asked: 'The request',
    askedText: 'Made and signed by the server. The wallet shows from it who asks for what.',
    evidence: 'The evidence',
    evidenceText:
      'An envelope signed by the browser’s key. The answer inside arrives still encrypted.',
    checks: 'The checks',
    checksText: 'One that does not pass, and there is no result.',
    document: 'The document, decrypted',
    documentText: 'Shown in this demo only. A real service shows it to nobody.',
    statement: 'What the operator of the app states',
    statementText: 'Signed. It holds no name or address, and stays as proof.',
    result: 'The result the site gets',
    resultText: 'The site’s server redeems it with the reference.',
    outcome: { passed: 'passed', failed: 'failed', undetermined: 'undetermined' },
    code: 'Reason',
    look: 'Look inside',
  },
} as const;

/** What a check looks at. One without words here is shown by its id. */
export const CHECK_WORDS: Readonly<Record<PageLanguage, Readonly<Record<string, string>>>> = {
  ja: {
    'wallet.request_signature': '依頼に署名がある',
    'wallet.protocol': 'たのんだ方式で返ってきた',
    'wallet.decryption': 'このセッションの鍵で開いた',
    'wallet.claims': '求めた項目として読めた',
    'wallet.confirmation': '確認用プログラム',
    'mdoc.structure': '書類の形が正しい',
    'mdoc.version': '版が対応している',
    'mdoc.status': 'ウォレットの状態が正常',
    'mdoc.documents': '書類がちょうど1つ',
    'mdoc.doc_type': '求めた種類の書類',
    'mdoc.issuer_chain': '発行者が信頼できる',
    'mdoc.issuer_signature': '発行者の署名が正しい',
    'mdoc.digests': '項目が発行時のまま',
    'mdoc.validity': '有効期限の内',
    'mdoc.revocation': '失効していない',
    'mdoc.device_auth': 'この依頼への、本人の端末の返事',
    'mdoc.requested': '求めた項目だけがある',
    'mdoc.elements': '項目の値の形が正しい',
    'photo.complete': '写真が全部そろっている',
    'photo.chain': '順番が書きかえられていない',
    'photo.document': 'たのんだ種類の書類',
    'photo.steps': 'たのんだ面だけがある',
    'photo.gestures': 'たのんだ順の動き',
    'photo.origin': '撮り方がこの用途で認められている',
    'photo.masks': '隠すべき番号が隠してある',
    'photo.images': '届いた画像と目録が合う',
    'photo.receipts': 'この順にサーバーに届いた',
    'photo.reuse': 'ほかで使われた写真ではない',
    'photo.camera': '本当にカメラで撮ったか',
    'review.decision': '担当者の審査',
    'account.name': '会員の氏名との照合',
    'account.address': '会員の住所との照合',
    'account.birth_date': '会員の生年月日との照合',
  },
  en: {
    'wallet.request_signature': 'The request is signed',
    'wallet.protocol': 'Answered by a protocol that was asked',
    'wallet.decryption': 'Opened with this session’s key',
    'wallet.claims': 'Readable as what was asked',
    'wallet.confirmation': 'Confirmation program',
    'mdoc.structure': 'Well-formed document',
    'mdoc.version': 'Supported version',
    'mdoc.status': 'The wallet reports success',
    'mdoc.documents': 'Exactly one document',
    'mdoc.doc_type': 'The type that was asked',
    'mdoc.issuer_chain': 'The issuer is trusted',
    'mdoc.issuer_signature': 'The issuer’s signature is right',
    'mdoc.digests': 'Items as they were issued',
    'mdoc.validity': 'Within its validity',
    'mdoc.revocation': 'Not revoked',
    'mdoc.device_auth': 'The holder’s device answered this request',
    'mdoc.requested': 'Only what was asked is there',
    'mdoc.elements': 'Values have their proper form',
    'photo.complete': 'All photos are there',
    'photo.chain': 'Their order is unaltered',
    'photo.document': 'The kind of document that was asked',
    'photo.steps': 'The sides that were asked, and no other',
    'photo.gestures': 'Movements in the order asked',
    'photo.origin': 'Taken in a way this purpose allows',
    'photo.masks': 'Numbers are covered that must be',
    'photo.images': 'The pictures are as the list says',
    'photo.receipts': 'They reached the server in this order',
    'photo.reuse': 'Not used anywhere before',
    'photo.camera': 'Really taken by a camera',
    'review.decision': 'A reviewer’s decision',
    'account.name': 'Compared with the member’s name',
    'account.address': 'Compared with the member’s address',
    'account.birth_date': 'Compared with the member’s date of birth',
  },
};

const japanese = new Map<HTMLElement, string>();

/**
 * Puts the whole page into a language.
 * @param english by the names in `data-words`
 */
export function translatePage(
  language: PageLanguage,
  english: Readonly<Record<string, string>> = en,
): void {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll<HTMLElement>('[data-words]')) {
    const original = japanese.get(element) ?? element.textContent ?? '';
    japanese.set(element, original);
    const key = element.dataset.words ?? '';
    element.textContent = language === 'ja' ? original : (english[key] ?? original);
  }
}
