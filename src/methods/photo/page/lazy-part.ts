import { fetched } from '../../../wire/fetched.ts';

/**
 * A part that most people never need: fetched when it is first asked for, and again after a failure.
 * @param arrived called when it is there
 * @param failed called where it did not come
 * @returns the part; undefined until it has arrived
 */
export function lazyPart<T>(
  load: () => Promise<T>,
  arrived: () => void,
  failed: (error: unknown) => void,
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
    if (!asked) ask().catch(failed);
    return part;
  };
}
