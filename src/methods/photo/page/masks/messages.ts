/** Words of the boxes that cover numbers. */
import type { Language } from '../../../../i18n/language.ts';
import type { Mask } from '../../documents.ts';

export interface MaskMessages {
  readonly masks: {
    readonly text: string;
    readonly keys: string;
    readonly box: (name: string) => string;
    readonly names: Readonly<Record<Mask, string>>;
  };
}

export const maskMessages: Readonly<Record<Language, MaskMessages>> = {
  ja: {
    masks: {
      text: '黒い枠を動かして、次の番号にかさねてください。隠した部分は送られません。',
      keys: '大きさは、白い丸か、Shift と矢印キーで変えます。',
      box: (name) => `「${name}」を隠す枠`,
      names: {
        'individual-number': '個人番号',
        'insurer-number': '保険者番号',
        'insured-symbol': '記号',
        'insured-number': '番号・枝番',
        'two-dimensional-code': '二次元コード',
      },
    },
  },
  en: {
    masks: {
      text: 'Move the black boxes over the following. What they cover is not sent.',
      keys: 'The white circle, or Shift and arrow keys, change its size.',
      box: (name) => `Box to cover: ${name}`,
      names: {
        'individual-number': 'My Number',
        'insurer-number': 'Insurer’s number',
        'insured-symbol': 'Symbol',
        'insured-number': 'Number and branch',
        'two-dimensional-code': 'Two-dimensional code',
      },
    },
  },
};
