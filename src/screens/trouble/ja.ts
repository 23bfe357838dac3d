/**
 * Japanese for when something goes wrong, or ends early; it defines the keys for every other
 * language. Loaded when it is needed, like the screens that show it.
 *
 * Failures are worded neutrally: what happened, what it does not mean, what now.
 */
import type { FailureWords } from '../../i18n/glossary.ts';
import type { Category, Code } from '../../wire/error.ts';

const notComplete = '手続きは完了していません';
const nothingSent = '情報は送られていません。';
const notProven = '受け取った情報は使われません。';

export const ja = {
  cancelled: {
    heading: '本人確認をやめました',
    text: 'ここまでの情報は消去しました。いつでもはじめからやり直せます。',
    restart: 'はじめからやり直す',
  },
  expired: {
    heading: '時間が過ぎたため終了しました',
    text: '安全のため、ここまでの情報は消去しました。はじめからやり直してください。',
  },
  ways: {
    next: '次のおすすめ',
    takeNext: 'この方法で続ける',
    retry: 'もう一度試す',
    retryWallet: 'もう一度ウォレットで試す',
    restart: 'はじめからやり直す',
    takeBack: 'この画面で続ける',
    other: 'ほかの方法にする',
    code: 'お問い合わせのとき：',
    attempts: (left: number): string => `あと${left}回試せます。`,
  },
  noneUsable: {
    heading: 'このブラウザでは続けられません',
    text: `使える方法がありませんでした。${nothingSent}`,
  },
  refused: {
    heading: '確認できませんでした',
    text: 'お手続きはここで終わりです。もう一度試しても、結果は変わりません。',
    told: (service: string): string =>
      `${service}には、確認できなかったことだけが伝わります。使った情報は消去しました。`,
    close: 'この画面は閉じてもかまいません。',
  },
  account: {
    heading: 'ご登録の内容と一致しませんでした',
    mismatch: (claim: string): string =>
      `読み取った${claim}が、サービスにご登録の内容とちがうため、完了できませんでした。`,
    note: '引っ越しや結婚などで変わったときは、先にご登録の内容を変更してください。',
    undeterminedHeading: '自動では照合できませんでした',
    undetermined: (claim: string): string =>
      `${claim}の書き方がちがうため、ご登録の内容と同じか判断できませんでした。ちがうという意味ではありません。`,
    undeterminedNote: 'サービスの窓口でご確認ください。',
  },
  categories: {
    malformed: {
      heading: notComplete,
      text: `届いた返事を読み取れませんでした。${notProven}もう一度お試しください。`,
    },
    limit: {
      heading: 'これ以上は試せません',
      text: `試せる回数または大きさの上限に達しました。${notProven}`,
      note: 'お急ぎのときは、サービスの窓口にご相談ください。',
    },
    unsupported: {
      heading: 'このカードにはまだ対応していません',
      text: `カードの形式に対応していないため、確認できませんでした。${notProven}`,
    },
    request_mismatch: {
      heading: notComplete,
      text: `お願いした情報と、届いた情報が合いませんでした。${notProven}もう一度お試しください。`,
    },
    digest: {
      heading: 'カードの情報を確認できませんでした',
      text: `届いた情報が、発行されたときの記録と合いませんでした。${notProven}`,
    },
    validity: {
      heading: 'カードの有効期限を確かめてください',
      text: `有効期限が過ぎているか、まだ有効になっていないため、確認できませんでした。${notProven}`,
      note: 'マイナンバーカードを更新したあとは、翌朝からマイナポータルアプリの「利用を再開」で、スマホのカードを使えるようになります。',
    },
    issuer_signature: {
      heading: 'カードの情報を確認できませんでした',
      text: `発行元の署名を確かめられませんでした。${notProven}`,
    },
    untrusted_issuer: {
      heading: 'カードの発行元を確認できませんでした',
      text: `このサービスで受け付けている発行元のカードか、確かめられませんでした。${notProven}`,
    },
    revoked: {
      heading: 'このカードは今は使えません',
      text: `一時停止中か、失効しています。${notProven}`,
      note: 'マイナンバーカードについては、マイナンバー総合フリーダイヤル 0120‑95‑0178（24時間、無料）でお答えしています。',
    },
    undetermined: {
      heading: 'まだ確認できていません',
      text: 'カードが有効かどうかを調べる先につながりませんでした。カードに問題があるという意味ではありません。',
      note: '時間をおいて、もう一度お試しください。',
    },
    device_binding: {
      heading: notComplete,
      text: `この画面へのお返事であることを確かめられませんでした。${notProven}もう一度お試しください。`,
    },
    decryption: {
      heading: notComplete,
      text: `届いた情報を開けませんでした。${notProven}もう一度お試しください。`,
    },
    session: {
      heading: 'はじめからやり直してください',
      text: 'この画面での手続きは終わっています。',
    },
    config: {
      heading: 'ただいま受け付けられません',
      text: `サービスの側に問題があり、本人確認を始められません。${nothingSent}`,
      note: '続くときは、サービスの窓口にお知らせください。',
    },
    policy: {
      heading: 'この方法では受け付けられません',
      text: `サービスの決まりにより、この方法では確認できません。${notProven}`,
    },
    blocked: {
      heading: 'この画面では続けられません',
      text: `安全に続けられないため、止めました。${nothingSent}`,
    },
    unavailable: {
      heading: 'この方法は今は使えません',
      text: nothingSent,
    },
    incomplete: {
      heading: notComplete,
      text: `キャンセルされたか、ウォレットに使えるカードがありませんでした。${nothingSent}`,
      note: 'iPhoneにカードを追加するには、マイナポータルアプリで手続きをします。Face ID または Touch ID が必要で、パスコードでは代えられません。',
    },
  } satisfies Record<Category, FailureWords>,
  cases: {
    'unavailable/network': {
      heading: 'サービスにつながりません',
      text: '通信の状態を確かめて、もう一度お試しください。届いた情報が二重に送られることはありません。',
    },
    'unavailable/timeout': {
      heading: '返事に時間がかかっています',
      text: 'サービスからの返事がありませんでした。少し待って、もう一度お試しください。',
    },
    'unavailable/backend': {
      heading: 'サービスが応答していません',
      text: 'サービスの側で問題が起きています。少し待って、もう一度お試しください。',
    },
    'unavailable/busy': {
      heading: 'ただいま混み合っています',
      text: '少し待って、もう一度お試しください。',
    },
    'blocked/insecure_context': {
      heading: 'この画面では続けられません',
      text: `安全な接続（https）ではないため、ブラウザがウォレットやカメラを使えないようにしています。${nothingSent}`,
    },
    'unavailable/no_api': {
      heading: 'Safari か Chrome で開いてください',
      text: `このブラウザや、アプリの中のブラウザからは、ウォレットを使えません。${nothingSent}`,
      note: 'メニューの「…」から「ブラウザで開く」を選ぶか、リンクをコピーして、iOS 26以降の Safari か最新の Chrome で開いてください。',
    },
    'unavailable/no_camera': {
      heading: 'Safari か Chrome で開いてください',
      text: `このブラウザや、アプリの中のブラウザからは、カメラを使えません。${nothingSent}`,
      note: 'メニューの「…」から「ブラウザで開く」を選ぶか、リンクをコピーして、Safari か Chrome で開いてください。',
    },
    'unavailable/no_protocol': {
      heading: 'ブラウザを更新してください',
      text: `このブラウザは、必要な方式のやりとりに対応していません。${nothingSent}`,
      note: '最新の Safari または Chrome で、このページを開いてください。',
    },
    'blocked/page_policy': {
      heading: 'ここではウォレットを使えません',
      text: `このサービスの設定により、このページからはウォレットを使えません。${nothingSent}`,
      note: 'ほかの方法で進めるか、サービスの窓口にお知らせください。',
    },
    'blocked/permissions_policy': {
      heading: '別の画面で開いてください',
      text: `別のページの中に表示されているため、ウォレットを使えません。${nothingSent}`,
      note: 'このページだけを新しい画面で開いてください。',
    },
    'session/expired': {
      heading: '時間が過ぎたため終了しました',
      text: '安全のため、ここまでの情報は消去しました。',
    },
    'incomplete/held_back': {
      heading: notComplete,
      text: `このページが、情報を送る前に止めました。${nothingSent}`,
    },
    'incomplete/replaced': {
      heading: '別の画面で続いています',
      text: '同じ手続きを、ほかのタブで開いたため、この画面は止めました。この画面は閉じてもかまいません。',
    },
    'incomplete/lost': {
      heading: notComplete,
      text: 'ページが読み込み直されたため、送る途中の情報はなくなりました。もう一度お試しください。',
    },
    'policy/individual_number': {
      heading: 'この内容は送れません',
      text: `根拠の示されていないマイナンバー（個人番号）が含まれていたため、止めました。${nothingSent}`,
      note: 'サービスの窓口にお知らせください。',
    },
    'policy/review': {
      heading: '担当者の確認で、お手続きを進められませんでした',
      text: '担当者からのお知らせは次のとおりです。お送りいただいた写真は消去しました。',
    },
    'policy/reused': {
      heading: '前に使われた写真があります',
      text: '同じ写真は二度使えません。新しく撮影してください。',
    },
    'policy/law': {
      heading: 'この方法は使えなくなりました',
      text: '法令により、この方法での確認は今は認められていません。',
    },
    'incomplete/image': {
      heading: '届いていない写真があります',
      text: 'もう一度お試しください。届いている写真は、撮り直さなくても使えます。',
    },
    'incomplete/disputed': {
      heading: '内容がちがうとのお知らせを受け付けました',
      text: '読み取った内容は確定されていません。情報は消去しました。',
      note: 'カードの内容そのものがちがうときは、お住まいの市区町村の窓口で変更できます。',
    },
    'limit/attempts': {
      heading: 'これ以上は試せません',
      text: `試せる回数を使い切りました。${notProven}`,
      note: 'お急ぎのときは、サービスの窓口にご相談ください。',
    },
  } satisfies Partial<Record<Code, FailureWords>>,
};
