/** Which part of a document a shot shows. */
export type Side = 'front' | 'back' | 'data-page';

/** What the person may or must cover before a shot leaves the device. */
export type Mask =
  | 'individual-number'
  | 'insurer-number'
  | 'insured-symbol'
  | 'insured-number'
  | 'two-dimensional-code';

/** One kind of document: all the photo method knows of it. Labels live in the messages. */
export interface DocumentType {
  /** Width over height: ID-1 or ID-3 of ISO/IEC 7810. */
  readonly aspect: number;
  readonly widthMm: number;
  /** Two lines for machines along the bottom (ICAO Doc 9303-4). */
  readonly machineReadable: boolean;
  /** Sides photographed flat, in this order. */
  readonly sides: readonly [Side, ...Side[]];
  /** Sides no profile can ask for. */
  readonly forbidden: readonly Side[];
  /** Whether its edge shows that it is a card and not a print. */
  readonly thickness: boolean;
  readonly masks: readonly {
    readonly side: Side;
    readonly mask: Mask;
    readonly required: boolean;
  }[];
}

const ID_1 = { aspect: 85.6 / 53.98, widthMm: 85.6 };
const ID_3 = { aspect: 125 / 88, widthMm: 125 };

/** A plastic card with print on both sides. */
const CARD = {
  ...ID_1,
  machineReadable: false,
  sides: ['front', 'back'],
  forbidden: [],
  thickness: true,
  masks: [],
} as const satisfies DocumentType;

/** Sold or lent numbers of the health insurance may not be asked for: Health Insurance Act, art. 194-2. */
const INSURANCE_NUMBERS = [
  'insurer-number',
  'insured-symbol',
  'insured-number',
  'two-dimensional-code',
] as const;

/**
 * The documents by id. Where a side holds a number that the law keeps to a few purposes, it is
 * forbidden or masked here once, for every profile.
 */
export const DOCUMENTS = {
  /** 運転免許証 */
  'driving-licence': CARD,
  /** 運転経歴証明書 */
  'driving-record-certificate': CARD,
  /** マイナンバーカード: its back carries the 個人番号 (My Number Act, art. 19 and 20). */
  'my-number-card': { ...CARD, sides: ['front'], forbidden: ['back'] },
  /** 在留カード */
  'residence-card': CARD,
  /** 特別永住者証明書 */
  'special-permanent-resident-certificate': CARD,
  /** パスポート: the page with the portrait. */
  passport: {
    ...CARD,
    ...ID_3,
    machineReadable: true,
    sides: ['data-page'],
    thickness: false,
  },
  /** 健康保険の資格確認書, as a card; many are paper, so no thickness. */
  'health-insurance-eligibility': {
    ...CARD,
    thickness: false,
    masks: INSURANCE_NUMBERS.map((mask) => ({ side: 'front', mask, required: true }) as const),
  },
} as const satisfies Record<string, DocumentType>;

/** The names a profile uses for documents. */
export type DocumentId = keyof typeof DOCUMENTS;

/** All of them. */
export const DOCUMENT_IDS = /* @__PURE__ */ Object.keys(DOCUMENTS) as DocumentId[];

export function isDocumentId(id: string): id is DocumentId {
  return Object.hasOwn(DOCUMENTS, id);
}
