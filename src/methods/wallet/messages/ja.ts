import type { Code } from '../../../wire/error.ts';

const reasons: { readonly [C in Code]?: string } = {
  'blocked/permissions_policy': '別のページの中に表示されているため',
  'blocked/insecure_context': '安全な接続（https）ではないため',
};

/** The wallet's own words; defines the keys. */
export const ja = {
  approve: 'ウォレットで確認する',
  preparing: '準備しています',
  faceOnly: 'Face ID または Touch ID で承認します。パスコードでは承認できません。',
  awaitingHeading: 'ウォレットで承認してください',
  awaiting: 'スマホまたは画面に出る案内にしたがって、送る内容を確かめて承認してください。',
  awaitingNote: '承認するまで、情報は送られません。',
  basis: (basis: string): string => `マイナンバーをうかがう根拠：${basis}`,
  elsewhere: (code: Code): string =>
    `${reasons[code] ?? 'このブラウザが対応していないため'}、ここではウォレットを使えません。スマホで続けられます。`,
  transfer: 'スマホで続ける',
  back: '送る内容にもどる',
};
