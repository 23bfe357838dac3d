/**
 * Japanese, the language that defines the keys: every other catalog has the type of this one, so a
 * missing key does not compile. Only what the first screens show.
 *
 * Messages are text or functions of their parameters, never markup.
 */
import type { NamedClaim } from '../../wire/claims.ts';

export const ja = {
  title: { before: '', after: ' の本人確認' },
  unnamed: '本人確認',
  language: '言語',
  testNote: 'テスト環境です。本物のカードの情報は使われません。',
  progress: '進みぐあい',
  step: (step: number): string =>
    `3段階のうち${step}段階目。${['内容の確認', '本人の確認', '結果の確認'][step - 1]}`,
  opensElsewhere: '（新しい画面で開きます）',
  leave: 'やめる',
  lost: '通信が切れています。自動でつなぎ直しています。',
  disabled: {
    heading: 'いまは操作できません',
    text: 'このページのほかの入力が先に必要な場合があります。',
  },
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
  later: {
    loading: '読み込んでいます',
    offlineHeading: '手続きは完了していません',
    offline: '画面の続きを読み込めませんでした。通信の状態を確かめて、もう一度お試しください。',
    again: 'もう一度試す',
  },
  valueMissing: '本人確認を完了してください。',
  claims: {
    name: '氏名',
    address: '住所',
    birth_date: '生年月日',
    sex: '性別',
    portrait: '顔写真',
    age_in_years: '年齢',
    local_gov_code: '市区町村コード',
    individual_number: 'マイナンバー（個人番号）',
  } satisfies Record<NamedClaim, string>,
  ageOver: (age: number): string => `${age}歳以上かどうか`,
};
