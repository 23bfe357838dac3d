/**
 * What is checked before the first request: a deployment that cannot be right does not start, and
 * says which option is wrong and what it should be.
 */

import type { CryptoProvider } from '../crypto/provider.ts';
import { isAllowed, lawRow, type Promised, unfulfilled } from '../law/law.ts';
import {
  FUNCTION,
  LIST,
  type Rules,
  refuse,
  requireKnown,
  requireShape,
  TEXT_SHAPE,
} from '../methods/config.ts';
import type { Confirmation } from '../methods/confirmation.ts';
import type { MethodVerifier } from '../methods/method-verifier.ts';
import { type ClaimRule, type Profile, showsMore } from '../methods/profile.ts';
import type { Store } from '../store/store.ts';
import {
  type ClaimName,
  isLoopback,
  link,
  METHODS,
  type MethodId,
  openedView,
  shortText,
  text,
} from '../wire/contract.ts';
import { objectWithMethods } from '../wire/option-schemas.ts';
import * as v from '../wire/schema.ts';
import { checkProfile } from './config-profile.ts';
import type { VerifierOptions } from './options.ts';

function isConfirmation(value: unknown): boolean {
  const { kind, program, confirm }: Partial<Confirmation> = Object(value);
  const kinds: unknown[] = ['technical', 'certified'];
  return kinds.includes(kind) && typeof program === 'string' && typeof confirm === 'function';
}

const OPTIONS = {
  relyingParty: true,
  origins: true,
  profiles: true,
  basePath: true,
  audience: [shortText, 'text of at most 300 characters'],
  authorize: true,
  anonymousUse: true,
  authorizeResults: FUNCTION,
  transferPages: LIST,
  accounts: FUNCTION,
  longestSession: [v.pipe(v.number(), v.minValue(1)), 'milliseconds, above 0'],
  confirmation: [
    v.custom(isConfirmation),
    "{ kind: 'technical' | 'certified', program, confirm(input, signal) }",
  ],
  store: true,
  rateLimit: FUNCTION,
  log: FUNCTION,
  now: FUNCTION,
  crypto: [
    objectWithMethods<CryptoProvider>('digest', 'importKey', 'ecdh', 'hmac', 'hkdf', 'randomBytes'),
    'a CryptoProvider',
  ],
  wallet: true,
  handoff: true,
  photo: true,
} as const satisfies Rules<VerifierOptions>;

/** As pages take it. */
const { relyingParty: PARTY } = openedView.shape.entries;
const PARTY_SHAPE =
  '{ name, legalName?: text, mark?: one or two characters, privacyPolicy?: an https URL }';

const STORE = objectWithMethods<Store>(
  'create',
  'get',
  'transition',
  'evidence',
  'personal',
  'putImage',
  'getImage',
  'imageUse',
  'pending',
  'ofSubject',
  'watch',
  'erase',
  'sweep',
  'close',
);

/** The option of `createVerifier` without which a method cannot be offered. */
const OPTION_OF = {
  wallet: 'wallet',
  jpki: 'handoff',
  'jpki-mobile': 'handoff',
  'ic-chip': 'handoff',
  photo: 'photo',
} as const satisfies Record<MethodId, keyof VerifierOptions>;

/** @throws IdVerifyError `config/*`, `policy/individual_number` */
export function checkOptions(options: VerifierOptions, basePath: string): void {
  requireKnown('options', options, OPTIONS);
  const { origins, relyingParty, authorize, anonymousUse, profiles } = options;
  if (!Array.isArray(origins) || origins.length === 0) {
    refuse('config/origins', "origins: an array, for example ['https://www.example.jp']");
  }
  for (const origin of origins) checkOrigin(origin);
  if (!/^(\/[A-Za-z0-9._~-]+)+$/.test(basePath)) {
    refuse('config/base_path', 'basePath: starts with a slash and does not end with one');
  }
  requireShape(
    text,
    relyingParty?.name,
    'config/relying_party',
    `relyingParty.name: ${TEXT_SHAPE}`,
  );
  if (relyingParty.privacyPolicy !== undefined) {
    const need = 'relyingParty.privacyPolicy: an https URL';
    requireShape(link, relyingParty.privacyPolicy, 'config/relying_party', need);
  }
  requireShape(PARTY, relyingParty, 'config/relying_party', `relyingParty: ${PARTY_SHAPE}`);
  for (const page of options.transferPages ?? []) checkTransferPage(page, origins);
  const need = 'store: for example sqliteStore(path) of id-verify/verifier/sqlite';
  requireShape(STORE, options.store, 'config/store', need);
  if ((typeof authorize === 'function') === (anonymousUse === 'allowed')) {
    refuse(
      'config/authorize',
      "either an `authorize` function, or anonymousUse: 'allowed' by name",
    );
  }
  if (Object.keys(profiles ?? {}).length === 0) {
    refuse('config/profile', 'profiles: what may be asked, at least one');
  }
  for (const [id, profile] of Object.entries(profiles)) checkProfile(id, profile);
}

/** Exactly what a browser sends as `Origin`. */
function checkOrigin(origin: string): void {
  if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
    const canBe = URL.canParse(origin) && new URL(origin).origin !== 'null';
    const hint = canBe ? `, perhaps ${new URL(origin).origin}` : ', like https://www.example.jp';
    refuse('config/origins', `origins: ${origin} is not an origin${hint}`);
  }
  if (!origin.startsWith('https://') && !isLoopback(new URL(origin).hostname)) {
    refuse('config/origins', `origins: ${origin} is not https; http is for localhost only`);
  }
}

/** A page on which a phone goes on: its fragment is ours. */
function checkTransferPage(page: string, origins: readonly string[]): void {
  const need = `transferPages: ${page} is not an https page of a listed origin, without a fragment`;
  requireShape(link, page, 'config/transfer_page', need);
  if (page.includes('#') || !origins.includes(new URL(page).origin)) {
    refuse('config/transfer_page', need);
  }
}

/** What profiles need of the rest of the deployment. @throws IdVerifyError `config/*` */
export function checkProfiles(
  options: VerifierOptions,
  verifiers: readonly MethodVerifier[],
  now: number,
): void {
  for (const [id, profile] of Object.entries(options.profiles)) {
    for (const method of METHODS.filter((one) => profile.methods[one] !== undefined)) {
      const verifier = verifiers.find((each) => each.methods.includes(method));
      if (verifier?.offer(method, profile) === undefined) {
        refuse('config/method', `${id}: ${method} needs the option \`${OPTION_OF[method]}\``);
      }
      if (profile.law !== undefined && !isAllowed(profile.law, method, now)) {
        refuse('config/law', `${id}: ${profile.law} does not accept ${method} today`);
      }
      const row = profile.law && lawRow(profile.law, method, now);
      const problem = row && unfulfilled(row, promisedBy(profile, options));
      if (problem) refuse('config/law', `${id}: ${profile.law}, ${method}: ${problem}`);
    }
    const named = METHODS.filter((one) => profile.methods[one] !== undefined);
    if (named.every((one) => showsMore(profile, one))) {
      const need = 'asks for yes or no only, and its methods show more than that; see revealsMore';
      refuse('config/method', `${id}: ${need}`);
    }
    if (profile.onMismatch === 'refuse' && options.accounts === undefined) {
      refuse('config/accounts', `${id}: onMismatch needs the option \`accounts\``);
    }
    if (profile.confirmation === 'required' && options.confirmation?.kind !== 'certified') {
      const need = "needs the option `confirmation`, of kind 'certified'";
      refuse('config/confirmation', `${id}: confirmation: 'required' ${need}`);
    }
  }
}

function promisedBy(profile: Profile, { handoff }: VerifierOptions): Promised {
  const { recordsKept, retainDocumentDays = 0, retainProofDays = 1 } = profile;
  const asked = Object.entries(profile.claims) as [ClaimName, ClaimRule][];
  return {
    claims: new Map(asked.map(([claim, { retainDays }]) => [claim, retainDays])),
    recordsKept,
    imageDays: retainDocumentDays,
    proofDays: retainProofDays,
    signatureVerifier: handoff?.signatureVerifier,
  };
}
