/** Words for numbers that are to be covered; loaded with the boxes. */
import type { Mask } from '../documents.ts';

const ja = {
  masks: {
    text: '黒い枠を動かして、次の番号にかさねてください。隠した部分は送られません。',
    keys: '矢印キーで動かし、Shift と矢印キーで大きさを変えます。',
    box: (name: string): string => `「${name}」を隠す枠`,
    names: {
      'individual-number': '個人番号',
      'insurer-number': '保険者番号',
      'insured-symbol': '記号',
      'insured-number': '番号・枝番',
      'two-dimensional-code': '二次元コード',
    } satisfies Record<Mask, string>,
  },
};

const en: typeof ja = {
  masks: {
    text: 'Move the black boxes over the following. What they cover is not sent.',
    keys: 'Arrow keys move a box, Shift and arrow keys change its size.',
    box: (name) => `Box to cover: ${name}`,
    names: {
      'individual-number': 'My Number',
      'insurer-number': 'Insurer’s number',
      'insured-symbol': 'Symbol',
      'insured-number': 'Number and branch',
      'two-dimensional-code': 'Two-dimensional code',
    },
  },
};

export const maskMessages = { ja, en };
