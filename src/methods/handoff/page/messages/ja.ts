/** What the screens of a handoff say; defines the keys. */
import type { FailureWords } from '../../../../i18n/glossary.ts';
import type { HandoffCode, Rung } from '../../../../wire/contract.ts';

/** What a rung needs, said before anything starts. */
export interface RungWords {
  readonly document: string;
  readonly secret: string;
  /** How many errors the secret allows. */
  readonly lock: string;
  readonly phone: (app: string) => string;
  readonly time: string;
  readonly start: string;
  /** The step in the app. */
  readonly read: string;
  /** For those who do not know the secret; empty where there is none. */
  readonly unknown: string;
  readonly unknownText: string;
}

const notComplete = '手続きは完了していません';
const nothingSent = '情報は送られていません。';
const lock = '半角の英大文字と数字で6～16文字。5回まちがえるとロックされます。';
const unknown = '署名用パスワードがわからないとき';
const reset =
  'スマホの「JPKI暗証番号リセット」アプリで予約すると、24時間以内にコンビニの端末（6:30～23:00、無料）で決め直せます。4桁の利用者証明用暗証番号が必要です。それもわからないときは、お住まいの市区町村の窓口で手続きします。';

export const ja = {
  sees: 'だれに何が見えるか',
  certificate: (app: string): string =>
    `署名用電子証明書には、氏名・住所・生年月日・性別が入っています。「${app}」の運営会社と、確認を行うサーバーには、このすべてが見えます。`,
  chip: (app: string): string =>
    `書類のICチップに入っている氏名・住所・生年月日・顔写真などと、撮影したお顔は、「${app}」の運営会社に見えます。確認を行うサーバーには、その結果が届きます。`,
  gets: (service: string, claims: string): string => `${service}が受け取るのは、${claims}です。`,
  getsNot: (claims: string): string => `${claims}は受け取りません。`,
  derived: '生年月日から判定し、「はい」か「いいえ」で伝えます',
  needs: 'ご用意ください',
  rungs: {
    jpki: {
      document: 'マイナンバーカード',
      secret: '署名用パスワード',
      lock,
      phone: (app: string): string => `カードを読み取れるスマホと「${app}」`,
      time: '約3分',
      start: 'スマホで読み取る',
      read: '署名用パスワードを入れ、カードを読み取る',
      unknown,
      unknownText: `4桁の暗証番号とは別の、英大文字を含むパスワードです。ためしに入れると、5回でロックされます。${reset}`,
    },
    'jpki-mobile': {
      document: '電子証明書を入れた Android スマホ',
      secret: 'スマホの署名用パスワード',
      lock,
      phone: (app: string): string => `スマホに入れた「${app}」`,
      time: '約2分、カードはいりません',
      start: 'スマホの証明書を使う',
      read: '署名用パスワードを入れる',
      unknown,
      unknownText:
        'スマホに電子証明書を入れたときに決めたパスワードです。カードのものとちがうことがあります。思い出せないときは、ほかの方法をお選びください。',
    },
    'ic-chip': {
      document: 'ICチップのある本人確認書類',
      secret: 'ご本人の顔',
      lock: '読み取りのあと、スマホで撮影します。署名用パスワードはいりません。',
      phone: (app: string): string => `ICチップを読み取れるスマホと「${app}」`,
      time: '約4分',
      start: 'スマホで読み取る',
      read: '書類を読み取り、顔を撮影する',
      unknown: '',
      unknownText: '',
    },
  } satisfies Record<Rung, RungWords>,
  preparing: '読み取るためのコードを作っています。',
  scanHeading: 'スマホで読み取ってください',
  hereHeading: (app: string): string => `「${app}」で続けてください`,
  qr: 'スマホのカメラで読み取るQRコード。読み取れないときは、下のリンクから続けられます。',
  match: 'スマホに出る3つの数字から、この数字をえらんでください。',
  matchHere: '次の画面に出る3つの数字から、この数字をえらんでください。',
  left: (minutes: number, seconds: number): string => `残り ${minutes}分${seconds}秒`,
  more: '時間をのばす',
  renewed: 'コードと数字を新しくしました。',
  notRenewed: '新しいコードを出せませんでした。いまの手続きは、このまま続けられます。',
  lastMinute: '残り1分です。時間をのばせます。',
  steps: 'このあとの流れ',
  scan: 'スマホのカメラでQRコードを読み取る',
  tap: 'ボタンを押して、次の画面を開く',
  choose: 'この画面と同じ数字をえらぶ',
  open: (app: string): string => `「${app}」を開く`,
  openHere: 'このスマホで続ける',
  openBeside: 'この端末で開く',
  otherPhone: 'ほかのスマホで読み取る',
  copy: 'リンクをコピー',
  copied: 'コピーしました',
  notCopied: 'コピーできませんでした',
  missing: 'アプリが開かないとき',
  missingText: (app: string): string =>
    `アプリストアで「${app}」を入れてから、もう一度お試しください。ほかのアプリの中の画面や、プライベートブラウズで開いているときは、いつものブラウザで開き直してください。`,
  agree: 'スマホで同意する文面：',
  scannedHeading: 'スマホで読み取りました',
  progressHeading: 'スマホで続けてください',
  keepOpen: 'この画面は、このままお待ちください。終わると自動で進みます。',
  stages: {
    scanned: '数字をえらぶ',
    in_app: 'アプリで手続きする',
    card_read: '読み取った結果を受け取る',
  },
  said: {
    scanned: 'スマホで読み取りました。同じ数字をえらんでください。',
    in_app: 'アプリで手続きしています。',
    card_read: '読み取りが終わりました。結果を受け取っています。',
  },
  again: '新しいコードでやり直す',
  noticed:
    'この手続きの返事を、もう一度使おうとする操作がありましたが、止めました。手続きはそのまま続けられます。',
  failures: {
    'incomplete/declined': {
      heading: notComplete,
      text: `スマホで「やめる」が選ばれました。${nothingSent}`,
    },
    'incomplete/wrong_code': {
      heading: notComplete,
      text: `スマホで選ばれた数字が、この画面の数字とちがったため、止めました。${nothingSent}`,
      note: '心当たりのない操作のときは、QRコードやリンクをほかの人に見せていないか、お確かめください。',
    },
    'incomplete/timed_out': {
      heading: notComplete,
      text: `時間内に終わらなかったため、いったん止めました。${nothingSent}`,
      note: '新しいコードで、もう一度はじめられます。',
      again: true,
    },
    'unavailable/pin_locked': {
      heading: '署名用パスワードがロックされています',
      text: `まちがいが5回続いたためです。時間がたっても、もとにもどりません。${nothingSent}`,
      note: reset,
    },
    'validity/certificate_expired': {
      heading: '電子証明書の有効期限が過ぎています',
      text: `署名用電子証明書が使えるのは、発行から5回目の誕生日までです。${nothingSent}`,
      note: 'お住まいの市区町村の窓口で更新できます。カードそのものが使えないという意味ではありません。',
    },
    'revoked/certificate': {
      heading: '電子証明書が失効しています',
      text: `引っ越しや結婚などで氏名や住所が変わると、署名用電子証明書は自動で失効します。${nothingSent}`,
      note: 'お住まいの市区町村の窓口で、新しい証明書を入れてもらえます。カードをなくしたときの窓口は、マイナンバー総合フリーダイヤル 0120‑95‑0178（24時間、無料）です。',
    },
    'unavailable/card_unreadable': {
      heading: '読み取れませんでした',
      text: `カードがずれたり、途中で離れたりすると、読み取れないことがあります。${nothingSent}`,
      note: 'スマホのケースを外し、机に置いたカードにスマホを重ねて、終わるまで動かさないでください。',
      again: true,
    },
    'unavailable/app_missing': {
      heading: 'アプリが開きませんでした',
      text: `読み取りに使うアプリが、スマホに入っていないようです。${nothingSent}`,
      note: 'アプリストアでアプリを入れてから、もう一度お試しください。ほかのスマホでも読み取れます。',
    },
    'unavailable/provider': {
      heading: '読み取りのサービスが応答していません',
      text: `アプリの運営者の側で問題が起きています。${nothingSent}`,
      note: '少し待って、もう一度お試しください。',
    },
    'session/callback_browser': {
      heading: notComplete,
      text: `アプリからもどった先が、はじめに開いたブラウザとちがうため、止めました。${nothingSent}`,
      note: 'スマホのいつものブラウザで開き、プライベートブラウズは使わずに、もう一度お試しください。',
    },
    'session/callback_expired': {
      heading: notComplete,
      text: `アプリからもどるまでに時間が過ぎたため、止めました。${nothingSent}`,
    },
    'session/callback_used': {
      heading: notComplete,
      text: `アプリからの返事が、すでに使われたものでした。${nothingSent}`,
    },
    'session/callback_state': {
      heading: notComplete,
      text: `アプリからの返事が、この手続きのものではありませんでした。${nothingSent}`,
    },
  } satisfies Partial<Record<HandoffCode, FailureWords>>,
};
