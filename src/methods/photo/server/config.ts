/** What a deployment with photos must have, checked at start. */
import type { ClaimName, NamedClaim } from '../../../wire/contract.ts';
import type { PhotoAnswer } from '../../../wire/photo.ts';
import * as v from '../../../wire/schema.ts';
import { claimsIn, isDerivable } from '../../claims.ts';
import { LIST, ONLY_TRUE, oneOf, type Rules, refuse, requireKnown } from '../../config.ts';
import type { Deployment } from '../../method-verifier.ts';
import type { Profile } from '../../profile.ts';
import { DOCUMENT_IDS, isDocumentId } from '../documents.ts';
import type { PhotoOptions, PhotoSettings } from '../settings.ts';

export interface PhotoDeployment extends Deployment {
  readonly receiptKey: Uint8Array;
  /** Receipts of any of them count. */
  readonly receiptKeys: readonly Uint8Array[];
  /** Milliseconds. */
  readonly imageMemory: number;
}

/** The limits of one image and of its taking; sides in pixels. */
export const LIMITS = {
  bytes: 2 * 2 ** 20,
  /** 300 dpi of an ID-1 card are 1011 pixels. */
  minLongSide: 1_000,
  maxLongSide: 2_560,
  tries: 3,
} as const satisfies PhotoAnswer['limits'];

/** Whether a reviewer can read it off a document and type. */
const TYPED = {
  name: true,
  address: true,
  birth_date: true,
  sex: true,
  portrait: false,
  age_in_years: false,
  local_gov_code: false,
  individual_number: false,
} as const satisfies Record<NamedClaim, boolean>;
export type TypedClaim = {
  [claim in NamedClaim]: (typeof TYPED)[claim] extends true ? claim : never;
}[NamedClaim];

const OPTIONS = {
  receiptKey: true,
  otherReceiptKeys: LIST,
  rememberImagesDays: true,
} as const satisfies Rules<PhotoOptions>;

const SETTINGS = {
  documents: LIST,
  decideWithinHours: [v.number(), 'hours, as a number'],
  files: oneOf('allow'),
  gestures: true,
  revealsMore: ONLY_TRUE,
} as const satisfies Rules<PhotoSettings>;

const HOUR = 3_600_000;
const LONGEST_WAIT = 30 * 24;

/** @throws IdVerifyError `config/*` */
export function checkPhoto(deployment: Deployment, options: PhotoOptions): PhotoDeployment {
  requireKnown('photo', options, OPTIONS);
  const { receiptKey, otherReceiptKeys = [], rememberImagesDays = 365 } = options;
  const receiptKeys = [receiptKey, ...otherReceiptKeys];
  if (!receiptKeys.every((key) => key instanceof Uint8Array && key.length >= 32)) {
    const names = 'photo.receiptKey and otherReceiptKeys';
    refuse('config/receipt_key', `${names}: each a Uint8Array of at least 32 random bytes`);
  }
  if (!Number.isSafeInteger(rememberImagesDays) || rememberImagesDays < 0) {
    refuse('config/remember', 'photo.rememberImagesDays: a whole number of days, 0 or more');
  }
  for (const [id, profile] of deployment.profiles) {
    const { photo } = profile.methods;
    if (photo !== undefined) checkProfile(id, profile, photo);
  }
  return { ...deployment, receiptKey, receiptKeys, imageMemory: rememberImagesDays * 24 * HOUR };
}

function checkProfile(id: string, profile: Profile, settings: PhotoSettings): void {
  requireKnown(`${id}.methods.photo`, settings, SETTINGS);
  const { documents = [], decideWithinHours, files, gestures = 0 } = settings;
  const known = DOCUMENT_IDS.join(', ');
  if (documents.length === 0 || new Set(documents).size < documents.length) {
    refuse('config/document', `${id}: photo.documents: at least one, each once, of ${known}`);
  }
  const unknown = documents.find((document) => !isDocumentId(document));
  if (unknown !== undefined) {
    refuse('config/document', `${id}: photo.documents: no ${unknown}; there are ${known}`);
  }
  if (!(decideWithinHours > 0 && decideWithinHours <= LONGEST_WAIT)) {
    refuse('config/decide_within', `${id}: photo.decideWithinHours: more than 0, at most 720`);
  }
  if (![0, 1, 2, 3].includes(gestures)) refuse('config/gestures', `${id}: photo.gestures: 0 to 3`);
  if (files !== undefined && !mayUseFiles(profile)) {
    refuse('config/files', `${id}: ${profile.law} does not accept files`);
  }
  const untold = (Object.keys(profile.claims) as ClaimName[]).find(
    (claim) => !profile.claims[claim]?.optional && !isDerivable(claim, claimsIn(TYPED)),
  );
  if (untold !== undefined) {
    refuse('config/claim', `${id}: photos do not tell ${untold}; make it optional`);
  }
}

/** 犯収法 asks for a picture that is taken in the course of the check. */
const mayUseFiles = ({ law }: Profile): boolean => law !== 'jp-aml';

/** Whether a file may stand in for the camera. */
export const takesFiles = (profile: Profile): boolean =>
  profile.methods.photo?.files === 'allow' && mayUseFiles(profile);

export const reviewTime = ({ decideWithinHours }: PhotoSettings): number =>
  decideWithinHours * HOUR;
