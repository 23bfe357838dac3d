/** Who asks, in the demo. */
export const SAMPLE = {
  name: { ja: '株式会社サンプル', en: 'Sample Company' },
  mark: 'サ',
} as const;
