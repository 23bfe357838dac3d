/** Asks the confirmation program, and takes nothing but a clear answer for an answer. */
import { sentence } from '../../../trust/refusal.ts';
import { abortable } from '../../../wire/abortable.ts';
import type { Confirmation, ConfirmationInput } from '../../confirmation.ts';
import type { Check } from '../../method-verifier.ts';
import { WALLET_REFUSALS } from './refusals.ts';

const TIME_LIMIT = 10_000;
const ID = 'wallet.confirmation';

export async function confirmationCheck(
  { kind, program, confirm }: Confirmation,
  input: ConfirmationInput,
  signal: AbortSignal,
  timeLimit = TIME_LIMIT,
): Promise<Check> {
  const detail = `${program} (${kind})`;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeLimit)]);
  try {
    const answer = await abortable(limit, confirm(input, limit));
    if (answer === 'confirmed') return { id: ID, outcome: 'passed', detail };
    if (answer === 'refused') {
      return { id: ID, outcome: 'failed', ...explained('policy/confirmation_refused', detail) };
    }
  } catch {
    // Whatever went wrong there says nothing about the document: undetermined, below.
  }
  return { id: ID, outcome: 'undetermined', ...explained('undetermined/confirmation', detail) };
}

const explained = (code: keyof typeof WALLET_REFUSALS, where: string) => ({
  code,
  detail: sentence(WALLET_REFUSALS[code], { where }),
});
