/**
 * Japanese for everything after the first screens, as long as all goes well; it defines the keys for
 * every other language. Loaded once the first screen stands.
 */
import type { MethodId } from '../../wire/contract.ts';
import type { Code } from '../../wire/error.ts';

/** One line in the choice of methods. */
export interface MethodWords {
  readonly title: string;
  /** What the person needs at hand. */
  readonly needs: string;
  readonly time: string;
}

/** Why a browser's wallet cannot be asked, as far as it is worth telling apart. */
const noWallet: { readonly [C in Code]?: string } = {
  'blocked/page_policy': 'このページの設定で使えないため',
  'blocked/permissions_policy': '別のページの中に表示されているため',
  'blocked/insecure_context': '安全な接続（https）ではないため',
};

export const ja = {
  choose: {
    heading: 'どの方法で確認しますか',
    recommended: 'おすすめ',
    closed: 'このブラウザでは使えません',
    /** Why the wallet is closed, and where it is open. */
    closedWallet: {
      iphone: 'ここでは使えません。iOS 26以降の Safari で使えます（iPhone XS以降）。',
      android: 'ここでは使えません。最新の Chrome で使えます。',
      other: 'ここでは使えません。iOS 26以降の Safari か最新の Chrome で使えます。',
    },
    openIn: {
      iphone: 'Safari で開いてください',
      android: 'Chrome で開いてください',
      other: 'Safari か Chrome で開いてください',
    },
    openInText:
      'アプリの中のブラウザでは、使えない方法があります。メニューの「…」から「ブラウザで開く」を選ぶか、リンクをコピーして、ブラウザのアドレス欄に貼り付けてください。',
    openInHere: 'ここで使える方法：',
    goOnHere: 'この方法で、ここで続ける',
    next: '次へ',
    none: 'どれも使えないとき',
    noneHelp: (service: string): string =>
      `この画面を閉じて、${service}のほかの手続きや窓口をご利用ください。ここまでに送られた情報はありません。`,
  },
  link: {
    copy: 'リンクをコピー',
    copied: 'リンクをコピーしました。',
    notCopied: 'コピーできませんでした。アドレス欄のリンクをコピーしてください。',
  },
  consent: {
    heading: (service: string): string => `${service}に送る情報`,
    notSent: (claims: string): string => `${claims}は送られません。`,
    list: 'と',
    comma: '、',
    keptYears: (years: number): string => `${years}年保存`,
    keptDays: (days: number): string => `${days}日保存`,
    notKept: '保存しない',
    yesOrNo: '「はい」か「いいえ」だけ',
    other: 'ほかの方法にする',
  },
  methods: {
    /** The way most people go has its words here; those of the others come with their screens. */
    wallet: {
      title: 'スマホのマイナンバーカード',
      needs: 'Face ID または Touch ID だけ。暗証番号はいりません。',
      time: '約30秒',
    },
    jpki: {
      title: 'カードをスマホで読み取る',
      needs: '署名用パスワード（英数字6～16文字）とスマホ。',
      time: '約3分',
    },
    'jpki-mobile': {
      title: 'スマホの電子証明書を使う',
      needs: '署名用パスワード（英数字6～16文字）とAndroidスマホ。カードはいりません。',
      time: '約2分',
    },
    'ic-chip': {
      title: '書類のICチップと顔で確認する',
      needs: 'ICチップのある本人確認書類とスマホ。顔も撮影します。',
      time: '約4分',
    },
    photo: {
      title: '書類と顔を撮影する',
      needs: '本人確認書類とカメラ。',
      time: '約5分、結果は後日のことがあります',
    },
  } satisfies Record<MethodId, MethodWords>,
  submitting: {
    heading: '確認しています',
    text: '届いた情報を確認しています。この画面を閉じずにお待ちください。',
    slow: 'いつもより時間がかかっています。届いた情報はなくなりません。',
  },
  confirming: {
    heading: '確定しています',
    text: '結果を記録しています。この画面を閉じずにお待ちください。',
  },
  review: {
    heading: '読み取った内容を確認',
    portrait: '読み取った顔写真',
    noPortrait:
      '顔写真は読み取れましたが、このブラウザでは表示できない形式です。確認はこのまま続けられます。',
    yes: 'はい',
    no: 'いいえ',
    sex: { '1': '男性', '2': '女性' } as Readonly<Record<string, string>>,
    match: '登録の内容と一致',
    mismatch: '登録の内容とちがいます',
    undetermined: '自動では照合できません',
    vanishes: (minutes: number): string =>
      `この表示は${minutes}分で消えます。端末には保存されません。`,
    confirm: 'この内容で確定する',
    dispute: '内容がちがう',
    hiddenHeading: '表示を終了しました',
    hidden: '読み取った内容は画面から消しました。もう一度表示して、内容を確定してください。',
    show: 'もう一度表示する',
  },
  pending: {
    heading: '受け付けました',
    text: (service: string): string =>
      `担当者が内容を確認します。結果は${service}からお知らせします。`,
    close: 'この画面は閉じてもかまいません。',
  },
  done: {
    heading: '本人確認が完了しました',
    text: (service: string): string => `結果を${service}に送りました。`,
    close: 'この画面は閉じてもかまいません。',
    onFirst: 'はじめの画面も、自動で進みます。',
    nextTime: '次からは、もっとかんたんに',
    nextTimeText: 'マイナンバーカードを iPhone に追加すると、署名用パスワードなしで確認できます。',
    add: '今すぐ追加する',
  },
  /** The way most people go has its words here; those of the others come with their screens. */
  wallet: {
    approve: 'ウォレットで確認する',
    preparing: '準備しています',
    faceOnly: 'Face ID または Touch ID で承認します。パスコードでは承認できません。',
    awaitingHeading: 'ウォレットで承認してください',
    awaiting: 'スマホまたは画面に出る案内にしたがって、送る内容を確かめて承認してください。',
    awaitingNote: '承認するまで、情報は送られません。',
    basis: (basis: string): string => `マイナンバーをうかがう根拠：${basis}`,
    elsewhere: (code: Code): string =>
      `${noWallet[code] ?? 'このブラウザが対応していないため'}、ここではウォレットを使えません。スマホで続けられます。`,
    transfer: 'スマホで続ける',
    back: '送る内容にもどる',
  },
};
