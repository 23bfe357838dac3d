/** What a profile must say by itself. */
import { STATUTES } from '../law/table.ts';
import { isYesNo } from '../methods/claims.ts';
import {
  DAYS,
  oneOf,
  type Rules,
  refuse,
  requireKnown,
  requireShape,
  TEXT_SHAPE,
  YES_NO,
} from '../methods/config.ts';
import type { ClaimRule, Profile, YesNoRule } from '../methods/profile.ts';
import { type ClaimName, claimName, METHODS, text } from '../wire/contract.ts';
import * as v from '../wire/schema.ts';

const PROFILE = {
  purpose: true,
  claims: true,
  methods: true,
  law: true,
  recordsKept: oneOf('elsewhere'),
  onMismatch: oneOf('refuse', 'report'),
  crossDevice: oneOf('forbid'),
  boundBrowser: oneOf('required'),
  confirmation: oneOf('required'),
  individualNumber: true,
  retainProofDays: DAYS,
  retainDocumentDays: DAYS,
} as const satisfies Rules<Profile>;

const CLAIM = {
  purpose: true,
  retainDays: true,
  review: YES_NO,
  optional: YES_NO,
} as const satisfies Rules<ClaimRule>;

const YES_NO_CLAIM = {
  ...CLAIM,
  mustBe: [v.union([v.boolean(), v.literal('either')]), "true, false or 'either'"],
} as const satisfies Rules<YesNoRule>;

/** @throws IdVerifyError `config/*`, `policy/individual_number` */
export function checkProfile(id: string, profile: Profile): void {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(id)) {
    refuse('config/profile', `profiles: ${id} is not an id of at most 64 letters, digits, - and _`);
  }
  requireKnown(id, profile, PROFILE);
  requireShape(text, profile.purpose, 'config/purpose', `${id}.purpose: ${TEXT_SHAPE}`);
  checkClaims(id, profile);
  const { methods = {}, law } = profile;
  requireMethods(id, methods);
  if (law !== undefined && !Object.hasOwn(STATUTES, law)) {
    refuse('config/law', `${id}.law: one of ${Object.keys(STATUTES).join(', ')}`);
  }
}

function requireMethods(id: string, methods: object): void {
  const known = METHODS.join(', ');
  const named = Object.keys(methods);
  if (named.length === 0) refuse('config/method', `${id}.methods: at least one of ${known}`);
  const unknown = named.find((name) => !METHODS.some((method) => method === name));
  if (unknown !== undefined) {
    refuse('config/method', `${id}.methods: no method ${unknown}; there are ${known}`);
  }
}

function checkClaims(id: string, { claims = {}, individualNumber }: Profile): void {
  const names = Object.keys(claims) as ClaimName[];
  if (names.length === 0) {
    refuse('config/profile', `${id}.claims: what is asked about the person, at least one`);
  }
  for (const name of names) {
    const where = `${id}.claims.${name}`;
    requireShape(claimName, name, 'config/claim', `${where}: there is no such claim`);
    const rule = claims[name];
    const need = `${where}.purpose: why it is asked; ${TEXT_SHAPE}`;
    requireShape(text, rule?.purpose, 'config/purpose', need);
    if (isYesNo(name)) checkRequirement(where, claims[name]);
    else requireKnown(where, rule ?? {}, CLAIM);
    if (!Number.isSafeInteger(rule?.retainDays) || (rule?.retainDays ?? 0) < 0) {
      refuse('config/profile', `${where}.retainDays: whole days the value is kept, 0 for none`);
    }
  }
  if (claims.individual_number !== undefined && individualNumber === undefined) {
    refuse('policy/individual_number', `${id}: the individual number needs a stated legal basis`);
  }
  if (individualNumber !== undefined) {
    const need = `${id}.individualNumber.legalBasis: ${TEXT_SHAPE}`;
    requireShape(text, individualNumber?.legalBasis, 'config/individual_number', need);
  }
}

/** Without it a site would take a `verified` that says no for a yes. */
function checkRequirement(where: string, rule: Partial<YesNoRule> = {}): void {
  requireKnown(where, rule, YES_NO_CLAIM);
  if (rule.mustBe === undefined) {
    const need =
      "true, false, or 'either' where the site decides by the value; there is no default";
    refuse('config/requirement', `${where}.mustBe: ${need}`);
  }
  if (rule.optional === true && rule.mustBe !== 'either') {
    refuse('config/requirement', `${where}.mustBe: only 'either' for what may be withheld`);
  }
}
