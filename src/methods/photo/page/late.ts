import { fetched } from '../../../wire/fetched.ts';

/**
 * A part that most people never need: fetched when it is first asked for, and again after a failure.
 * @param arrived called when it is there
 * @param doing takes what may fail
 * @returns the part; undefined until it has arrived
 */
export function late<T>(
  load: () => Promise<T>,
  arrived: () => void,
  doing: (work: Promise<void>) => void,
): () => T | undefined {
  let part: T | undefined;
  let asked = false;
  async function ask(): Promise<void> {
    asked = true;
    try {
      part = await fetched(load());
    } catch (error) {
      asked = false;
      throw error;
    }
    arrived();
  }
  return () => {
    if (!asked) doing(ask());
    return part;
  };
}
