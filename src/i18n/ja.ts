/**
 * Japanese, the language that defines the keys: every other catalog has the type of this one, so a
 * missing key does not compile. Only what the first screens show; the rest is in `ja-later.ts`.
 *
 * Messages are text or functions of their parameters, never markup.
 */
import type { ClaimName, MethodId } from '../wire/contract.ts';

/** One line in the choice of methods. */
export interface MethodWords {
  readonly title: string;
  /** What the person needs at hand. */
  readonly needs: string;
  readonly time: string;
}

export const ja = {
  title: { before: '', after: ' の本人確認' },
  unnamed: '本人確認',
  language: '言語',
  test: 'テスト環境',
  testNote: 'テスト環境です。本物のカードの情報は使われません。',
  progress: '進みぐあい',
  step: (step: number): string =>
    `3段階のうち${step}段階目。${['内容の確認', '本人の確認', '結果の確認'][step - 1]}`,
  opensElsewhere: '（新しい画面で開きます）',
  preparing: {
    heading: '準備しています',
    waiting: 'サービスからの返事を待っています。',
    slow: 'いつもより時間がかかっています。通信の状態を確かめて、もう一度つないでください。',
    again: 'もう一度つなぐ',
  },
  intro: {
    heading: '本人確認をはじめます',
    asked: '確認すること',
    before: '送る前に、内容をもう一度お見せします。',
    begin: 'はじめる',
    privacy: '個人情報の取り扱い',
  },
  choose: {
    heading: 'どの方法で確認しますか',
    recommended: 'おすすめ',
    closed: 'このブラウザでは使えません',
    next: '次へ',
    none: 'どれも使えないとき',
    noneHelp: (service: string): string =>
      `この画面を閉じて、${service}のほかの手続きや窓口をご利用ください。ここまでに送られた情報はありません。`,
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
    leave: 'やめる',
  },
  later: {
    loading: '読み込んでいます',
    offlineHeading: '手続きは完了していません',
    offline: '画面の続きを読み込めませんでした。通信の状態を確かめて、もう一度お試しください。',
    again: 'もう一度試す',
  },
  valueMissing: '本人確認を完了してください。',
  methods: {
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
  claims: {
    name: '氏名',
    address: '住所',
    birth_date: '生年月日',
    sex: '性別',
    portrait: '顔写真',
    age_in_years: '年齢',
    local_gov_code: '市区町村コード',
    individual_number: 'マイナンバー（個人番号）',
  } satisfies Record<Exclude<ClaimName, `age_over_${number}`>, string>,
  ageOver: (age: number): string => `${age}歳以上かどうか`,
};
