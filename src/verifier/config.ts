/** What is checked before the first request: a deployment that cannot be right does not start. */
import { isAllowed } from '../law/law.ts';
import type { MethodVerifier } from '../methods/method-verifier.ts';
import type { MethodSettings, Profile } from '../methods/profile.ts';
import { type ClaimName, claimName, link, text } from '../wire/contract.ts';
import { type Code, IdVerifyError } from '../wire/error.ts';
import { parseAs } from '../wire/parse.ts';
import type { VerifierOptions } from './options.ts';

const refuse = (name: Code, message: string): never => {
  throw new IdVerifyError(name, message);
};

export const isLoopback = (origin: string): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(new URL(origin).hostname);

/** @throws IdVerifyError `config/*` */
export function checkOptions(options: VerifierOptions, basePath: string): void {
  const { origins, relyingParty, store, authorize, anonymousUse, profiles } = options;
  if (!Array.isArray(origins) || origins.length === 0) refuse('config/origins', 'no origins');
  for (const origin of origins) checkOrigin(origin);
  if (!/^(\/[A-Za-z0-9._~-]+)+$/.test(basePath)) {
    refuse('config/base_path', 'the base path starts with a slash and does not end with one');
  }
  parseAs(text, relyingParty?.name, 'config/relying_party');
  if (relyingParty.privacyPolicy !== undefined) {
    parseAs(link, relyingParty.privacyPolicy, 'config/relying_party');
  }
  for (const page of options.transferPages ?? []) checkTransferPage(page, origins);
  if (store === undefined) refuse('config/store', 'no store');
  if ((authorize === undefined) === (anonymousUse === undefined)) {
    refuse('config/authorize', 'either `authorize`, or `anonymousUse: "allowed"` by name');
  }
  if (Object.keys(profiles ?? {}).length === 0) refuse('config/profile', 'no profiles');
}

/** Exactly what a browser sends as `Origin`. */
function checkOrigin(origin: string): void {
  if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
    refuse('config/origins', `not an origin: ${origin}`);
  }
  if (!origin.startsWith('https://') && !isLoopback(origin)) {
    refuse('config/origins', `not https: ${origin}`);
  }
}

/** A page on which a phone goes on: its fragment is ours. */
function checkTransferPage(page: string, origins: readonly string[]): void {
  parseAs(link, page, 'config/transfer_page');
  if (page.includes('#') || !origins.includes(new URL(page).origin)) {
    refuse('config/transfer_page', 'not a page of a listed origin, without a fragment');
  }
}

/** @throws IdVerifyError `config/*` */
export function checkProfiles(
  options: VerifierOptions,
  verifiers: readonly MethodVerifier[],
  now: number,
): void {
  for (const [id, profile] of Object.entries(options.profiles)) {
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(id)) refuse('config/profile', `not a profile id: ${id}`);
    parseAs(text, profile.purpose, 'config/purpose');
    checkClaims(id, profile);
    checkMethods(id, profile, verifiers, now);
    if (profile.onMismatch === 'refuse' && options.accounts === undefined) {
      refuse('config/accounts', `${id}: onMismatch needs \`accounts\``);
    }
    if (profile.confirmation === 'required' && options.confirmation?.kind !== 'certified') {
      refuse('config/confirmation', `${id}: a provided or certified program is required`);
    }
  }
}

function checkClaims(id: string, { claims, individualNumber }: Profile): void {
  const names = Object.keys(claims) as ClaimName[];
  if (names.length === 0) refuse('config/profile', `${id}: asks nothing`);
  for (const name of names) {
    parseAs(claimName, name, 'config/profile');
    const rule = claims[name];
    parseAs(text, rule?.purpose, 'config/purpose');
    if (!Number.isSafeInteger(rule?.retainDays) || (rule?.retainDays ?? 0) < 0) {
      refuse('config/profile', `${id}: ${name} needs retainDays`);
    }
  }
  if (claims.individual_number !== undefined && individualNumber === undefined) {
    refuse('policy/individual_number', `${id}: the individual number needs a stated legal basis`);
  }
  if (individualNumber !== undefined) {
    parseAs(text, individualNumber.legalBasis, 'config/individual_number');
  }
}

function checkMethods(
  id: string,
  profile: Profile,
  verifiers: readonly MethodVerifier[],
  now: number,
): void {
  const methods = Object.keys(profile.methods) as (keyof MethodSettings)[];
  if (methods.length === 0) refuse('config/method', `${id}: no methods`);
  for (const method of methods) {
    const verifier = verifiers.find((each) => each.methods.includes(method));
    if (verifier?.offer(method, profile) === undefined) {
      refuse('config/method', `${id}: ${method} is not configured`);
    }
    if (profile.law !== undefined && !isAllowed(profile.law, method, now)) {
      refuse('config/law', `${id}: ${profile.law} does not accept ${method} today`);
    }
  }
}
