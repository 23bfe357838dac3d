/** The simulated wallet inside the page that asks it, for a site that has no server at all. */
import { PERSONS, type PersonId } from '../issuer/persons.ts';
import { WalletError } from './error.ts';
import type { WalletBehind } from './shim.ts';
import type { Wallet } from './wallet.ts';

export function walletHere(wallet: Wallet): WalletBehind {
  return {
    describe: async ({ origin, ...request }) =>
      asApi(async () => wallet.describe(request, { origin })),
    answer: async ({ origin, mode, person, ...request }) =>
      asApi(() => wallet.answer(request, { origin, mode, person: known(person) })),
  };
}

const known = (person: string | undefined): PersonId =>
  person !== undefined && Object.hasOwn(PERSONS, person) ? (person as PersonId) : 'hanako';

/** A wallet that does not answer, as the API tells it. */
async function asApi<T>(asked: () => Promise<T>): Promise<T> {
  try {
    return await asked();
  } catch (error) {
    if (!(error instanceof WalletError)) throw error;
    if (error.exception === 'TypeError') throw new TypeError(error.message);
    throw new DOMException(error.message, error.exception);
  }
}
