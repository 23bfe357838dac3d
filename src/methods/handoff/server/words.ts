/** What the pages on the phone say. */
import type { DeviceKind, Rung } from '../../../wire/contract.ts';
import type { Language } from './page.ts';

interface Words {
  readonly openTitle: string;
  readonly openBody: string;
  readonly open: string;
  readonly askTitle: string;
  readonly who: string;
  readonly why: string;
  readonly what: string;
  readonly since: string;
  readonly at: (time: string, device: string) => string;
  readonly devices: Readonly<Record<DeviceKind, string>>;
  readonly warning: string;
  readonly pick: string;
  readonly pickHint: string;
  readonly decline: string;
  readonly goTitle: string;
  readonly go: (app: string) => string;
  readonly need: Readonly<Record<Rung, string>>;
  readonly signs: string;
  readonly agrees: string;
  readonly doneTitle: string;
  readonly doneBody: string;
  readonly declinedTitle: string;
  readonly declinedBody: string;
  readonly wrongTitle: string;
  readonly wrongBody: string;
  readonly goneTitle: string;
  readonly goneBody: string;
  readonly takenTitle: string;
  readonly takenBody: string;
  readonly staleTitle: string;
  readonly staleBody: string;
  readonly refusedTitle: string;
  readonly refusedBody: string;
  readonly downTitle: string;
  readonly downBody: string;
  readonly endedTitle: string;
  readonly endedBody: string;
  readonly back: string;
  readonly locale: string;
}

export const WORDS: Readonly<Record<Language, Words>> = {
  ja: {
    openTitle: '本人確認を続けますか',
    openBody: 'はじめの画面の手続きを、この端末で続けます。このリンクは一度だけ使えます。',
    open: '続ける',
    askTitle: '本人確認の依頼が届いています',
    who: '依頼しているところ',
    why: '目的',
    what: '確認する情報',
    since: 'はじめた時刻と端末',
    at: (time, device) => `${time}、${device}`,
    devices: {
      computer: 'パソコン',
      tablet: 'タブレット',
      phone: 'スマートフォン',
      unknown: '種類のわからない端末',
    },
    warning:
      'ご自身ではじめた手続きでなければ、ここでやめてください。だれかに頼まれて数字をえらぶこともしないでください。',
    pick: 'はじめの画面に出ている数字をえらんでください',
    pickHint: 'ちがう数字をえらぶと、手続きはここで終わります。',
    decline: 'やめる',
    goTitle: '数字が合いました',
    go: (app) => `「${app}」を開く`,
    need: {
      jpki: 'ご用意ください: マイナンバーカードと、署名用パスワード（半角の英大文字と数字、6～16文字）。5回まちがえるとロックされます。',
      'jpki-mobile':
        'ご用意ください: スマホ用電子証明書の署名用パスワード（半角の英大文字と数字、6～16文字）。5回まちがえるとロックされます。',
      'ic-chip': 'ご用意ください: ICチップのある本人確認書類。読み取りのあと、顔を撮影します。',
    },
    signs: 'アプリで署名する文',
    agrees: '同意する内容',
    doneTitle: '読み取りが終わりました',
    doneBody: 'はじめの画面に戻って、内容を確かめてください。この画面は閉じてかまいません。',
    declinedTitle: '手続きをやめました',
    declinedBody: '情報は送られていません。この画面は閉じてかまいません。',
    wrongTitle: '手続きは完了していません',
    wrongBody:
      '数字がちがったため、ここで終わりました。情報は送られていません。ご自身の手続きであれば、はじめの画面で新しいコードを出してください。',
    goneTitle: 'このリンクはもう使えません',
    goneBody:
      '時間が過ぎたか、新しいコードに変わりました。はじめの画面で新しいコードを出してください。',
    takenTitle: 'このリンクはすでに開かれています',
    takenBody:
      '先に開いた画面で続けてください。見当たらないときは、はじめの画面で新しいコードを出してください。',
    staleTitle: 'コードが古くなりました',
    staleBody:
      'このコードは数秒ごとに変わります。はじめの画面のコードをもう一度読み取ってください。',
    refusedTitle: '手続きは完了していません',
    refusedBody:
      'この画面は、はじめに開いた手続きのものではありません。情報は渡されていません。はじめの画面を確かめてください。',
    downTitle: 'アプリの運営者から応答がありません',
    downBody:
      '少し待ってから、はじめの画面で新しいコードを出してください。ほかの方法もえらべます。',
    endedTitle: '手続きは完了していません',
    endedBody: 'はじめの画面に、このあとの進め方が出ています。',
    back: 'はじめの画面に戻る',
    locale: 'ja-JP',
  },
  en: {
    openTitle: 'Continue the identity check?',
    openBody:
      'This continues on this device what was started on the first screen. The link works once.',
    open: 'Continue',
    askTitle: 'You are asked to prove who you are',
    who: 'Asked by',
    why: 'Purpose',
    what: 'What is checked',
    since: 'Started',
    at: (time, device) => `${time}, on ${device}`,
    devices: {
      computer: 'a computer',
      tablet: 'a tablet',
      phone: 'a phone',
      unknown: 'a device of unknown kind',
    },
    warning:
      'If you did not start this yourself, stop here. Do not choose a number because somebody tells you to.',
    pick: 'Choose the number on the first screen',
    pickHint: 'A different number ends this here.',
    decline: 'Stop',
    goTitle: 'The number is right',
    go: (app) => `Open ${app}`,
    need: {
      jpki: 'You need: your My Number Card and its signing password (6 to 16 half-width capitals and digits). Five wrong entries lock it.',
      'jpki-mobile':
        'You need: the signing password of your phone’s certificate (6 to 16 half-width capitals and digits). Five wrong entries lock it.',
      'ic-chip':
        'You need: a document with an IC chip. After it was read, your face is photographed.',
    },
    signs: 'What you sign in the app',
    agrees: 'What you agree to',
    doneTitle: 'Reading is finished',
    doneBody: 'Go back to the first screen and check what was read. You can close this page.',
    declinedTitle: 'You stopped',
    declinedBody: 'Nothing was sent. You can close this page.',
    wrongTitle: 'This was not completed',
    wrongBody:
      'The number was a different one, so this ended here. Nothing was sent. If you started this yourself, ask for a new code on the first screen.',
    goneTitle: 'This link no longer works',
    goneBody:
      'Its time is over, or a new code took its place. Ask for a new code on the first screen.',
    takenTitle: 'This link was opened already',
    takenBody:
      'Go on where it was opened. If you cannot find that page, ask for a new code on the first screen.',
    staleTitle: 'The code is out of date',
    staleBody: 'It changes every few seconds. Scan the code on the first screen again.',
    refusedTitle: 'This was not completed',
    refusedBody:
      'This page does not belong to what was opened before. Nothing was handed over. Please look at the first screen.',
    downTitle: 'The operator of the app does not answer',
    downBody:
      'Wait a moment, then ask for a new code on the first screen. There are other ways, too.',
    endedTitle: 'This was not completed',
    endedBody: 'The first screen says how to go on.',
    back: 'Back to the first screen',
    locale: 'en-GB',
  },
};

/** Time of day in Japan. */
export const clockTime = (at: number, language: Language): string =>
  new Intl.DateTimeFormat(WORDS[language].locale, {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Asia/Tokyo',
  }).format(at);
