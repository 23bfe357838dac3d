/** What the simulated app says. */
import type { Language } from '../../methods/handoff/server/page.ts';
import type { EndName, OutcomeName } from './session.ts';

interface Words {
  readonly badge: string;
  readonly title: string;
  readonly signs: string;
  readonly reads: string;
  readonly pin: string;
  readonly pinHint: string;
  readonly testPin: (pin: string) => string;
  readonly sign: string;
  readonly read: string;
  readonly decline: string;
  readonly malformed: string;
  readonly wrong: (left: number) => string;
  readonly doneTitle: string;
  readonly doneBody: string;
  readonly back: string;
  readonly endTitle: string;
  readonly ends: Readonly<Record<EndName, string>>;
  readonly goneTitle: string;
  readonly goneBody: string;
  readonly simulate: string;
  readonly outcome: string;
  readonly outcomes: Readonly<Record<OutcomeName, string>>;
  readonly play: string;
}

export const WORDS: Readonly<Record<Language, Words>> = {
  ja: {
    badge: 'テスト用アプリ（本物のカードは使いません）',
    title: '内容を確かめて署名する',
    signs: '次の内容に、マイナンバーカードの署名用電子証明書で署名します。',
    reads: '次の内容のために、ICチップを読み取り、顔を撮影します。',
    pin: '署名用パスワード',
    pinHint: '半角の英大文字と数字、6～16文字。5回まちがえるとロックされます。',
    testPin: (pin) => `テスト用のパスワード: ${pin}`,
    sign: 'カードをかざして署名する',
    read: 'ICチップを読み取り、顔を撮影する',
    decline: 'やめる',
    malformed: '半角の英大文字と数字、6～16文字で入れてください。回数は減っていません。',
    wrong: (left) => `パスワードがちがいます。あと${left}回まちがえるとロックされます。`,
    doneTitle: '読み取りました',
    doneBody: 'サービスに戻ると、はじめの画面が先に進みます。',
    back: 'サービスに戻る',
    endTitle: '手続きは完了していません',
    ends: {
      declined: '署名をやめました。',
      pin_locked: 'パスワードがロックされました。このあとの進め方は、サービスの画面に出ます。',
      certificate_expired: '署名用電子証明書の有効期限が切れています。',
      certificate_revoked: '署名用電子証明書が失効しています。引っ越しなどで失効します。',
      card_unreadable: 'カードを読み取れませんでした。',
      app_missing: 'アプリが入っていません。',
      timed_out: '時間が過ぎました。',
    },
    goneTitle: 'この手続きは見つかりません',
    goneBody: 'はじめの画面で新しいコードを出してください。',
    simulate: 'うまくいかない場合を試す',
    outcome: '起きること',
    outcomes: {
      good: '読み取れる',
      skip_states: '途中の状態を知らせない',
      declined: '本人がやめる',
      pin_locked: 'パスワードがロックされる',
      certificate_expired: '証明書の期限が切れている',
      certificate_revoked: '証明書が失効している（引っ越し）',
      card_unreadable: 'カードを読み取れない',
      app_missing: 'アプリが入っていない',
      timed_out: '時間が過ぎる',
      overlooks_expired: 'アプリが期限切れを見落とす（サーバーが断る）',
      overlooks_revoked: 'アプリが失効を見落とす（サーバーが断る）',
    },
    play: '試す',
  },
  en: {
    badge: 'App for testing (no real card is used)',
    title: 'Check and sign',
    signs: 'The following is signed with the signing certificate of your My Number Card.',
    reads: 'For the following, the IC chip is read and your face is photographed.',
    pin: 'Signing password',
    pinHint: '6 to 16 half-width capitals and digits. Five wrong entries lock it.',
    testPin: (pin) => `Password for testing: ${pin}`,
    sign: 'Hold the card to the phone and sign',
    read: 'Read the chip and photograph the face',
    decline: 'Stop',
    malformed: 'Enter 6 to 16 half-width capitals and digits. No try was used up.',
    wrong: (left) => `Not the right password. ${left} more wrong entries lock it.`,
    doneTitle: 'The card was read',
    doneBody: 'When you go back to the service, the first screen goes on.',
    back: 'Back to the service',
    endTitle: 'This was not completed',
    ends: {
      declined: 'You did not sign.',
      pin_locked: 'The password is locked. The service says how to go on.',
      certificate_expired: 'The signing certificate has expired.',
      certificate_revoked: 'The signing certificate was revoked, as happens when you move house.',
      card_unreadable: 'The card could not be read.',
      app_missing: 'The app is not installed.',
      timed_out: 'The time is over.',
    },
    goneTitle: 'There is no such transaction',
    goneBody: 'Ask for a new code on the first screen.',
    simulate: 'Try what can go wrong',
    outcome: 'What happens',
    outcomes: {
      good: 'The card can be read',
      skip_states: 'The steps in between are not told',
      declined: 'The person stops',
      pin_locked: 'The password gets locked',
      certificate_expired: 'The certificate has expired',
      certificate_revoked: 'The certificate was revoked (moved house)',
      card_unreadable: 'The card cannot be read',
      app_missing: 'The app is not installed',
      timed_out: 'The time runs out',
      overlooks_expired: 'The app overlooks that the certificate has expired (the server refuses)',
      overlooks_revoked: 'The app overlooks that it was revoked (the server refuses)',
    },
    play: 'Try it',
  },
};
