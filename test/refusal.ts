import { type Code, IdVerifyError } from '../src/wire/error.ts';

/** The code with which `action` is refused; `undefined` where it is not. For tests. */
export function refusal(action: () => unknown): Code | undefined {
  try {
    action();
  } catch (error) {
    if (error instanceof IdVerifyError) return error.code;
    throw error;
  }
  return undefined;
}
