/** What is said when a session moves to a phone; defines the keys. */
import type { FailureWords } from '../../../../../i18n/glossary.ts';
import type { DeviceKind } from '../../../../../wire/contract.ts';

const notComplete = '手続きは完了していません';
const nothingSent = '情報は送られていません。';

export const ja = {
  preparing: 'スマホで開くコードを作っています。',
  heading: 'スマホで続ける',
  text: 'スマホのカメラで読み取ると、続きがスマホのブラウザで開きます。',
  qr: 'スマホのカメラで読み取るQRコード。読み取れないときは、リンクをコピーして開けます。',
  match: 'スマホで、この数字を入れてください。',
  left: (minutes: number, seconds: number): string => `残り ${minutes}分${seconds}秒`,
  more: '新しいコードにする',
  renewed: 'コードと数字を新しくしました。',
  notRenewed: '新しいコードを出せませんでした。いまのコードは、まだ使えます。',
  over: '時間が過ぎました。新しいコードにしてください。',
  copy: 'リンクをコピー',
  copied: 'コピーしました',
  notCopied: 'コピーできませんでした',
  goOnHere: 'この端末で続ける',
  followHeading: 'スマホで続けています',
  follow: '内容は、スマホにだけ表示されます。終わると、この画面も自動で進みます。',
  asked: '確認する情報',
  followed: {
    awaiting: '手続き中',
    review: '読み取った内容を、スマホで確かめています',
  },
  joinHeading: 'はじめの画面の数字を入れてください',
  joinText:
    'この手続きをはじめた画面に、2桁の数字が出ています。数字がちがうと、このリンクは使えなくなります。',
  digits: '2桁の数字',
  next: '次へ',
  checking: '確かめています',
  acceptHeading: (service: string): string => `${service}の本人確認を続けますか`,
  why: '目的',
  since: 'はじめた時刻',
  device: 'はじめた端末',
  devices: {
    computer: 'パソコン',
    tablet: 'タブレット',
    phone: 'スマートフォン',
    unknown: '種類のわからない端末',
  } satisfies Record<DeviceKind, string>,
  warning:
    'ご自身で、または窓口で目の前ではじめた手続きでなければ、ここでやめてください。だれかに送られたリンクでは続けないでください。',
  accept: '続ける',
  failures: {
    refused: {
      heading: notComplete,
      text: `スマホで入れた数字がちがったため、止めました。${nothingSent}`,
      note: '心当たりのない操作のときは、コードやリンクをほかの人に見せていないか、お確かめください。',
    },
    'incomplete/wrong_code': {
      heading: notComplete,
      text: `数字がはじめの画面とちがったため、止めました。${nothingSent}`,
      note: 'はじめの画面で新しいコードを出して、もう一度読み取ってください。',
    },
    'session/link': {
      heading: 'このリンクはもう使えません',
      text: `時間が過ぎたか、すでに使われています。${nothingSent}`,
      note: 'はじめの画面で新しいコードを出して、もう一度読み取ってください。',
    },
  } satisfies Record<string, FailureWords>,
};
