/** Carrying a session on on a phone: what both devices need for it. */
export { join } from './join.ts';
export { offer } from './offer.ts';
