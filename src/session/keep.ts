/** Writing and erasing what a reload needs; see `resume.ts`, which reads it. */
import { type ResumeRecord, run } from './resume.ts';

/** @returns false where storage is refused */
export const save = (slot: string, record: ResumeRecord): Promise<boolean> =>
  run('readwrite', (store) => store.put(record, slot)).then(
    () => true,
    () => false,
  );

export const drop = (slot: string): Promise<void> =>
  run<void>('readwrite', (store) => store.delete(slot)).catch(() => undefined);
