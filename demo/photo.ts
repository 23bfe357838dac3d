/** Photos of the demo: the key of their receipts. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { PhotoOptions } from '../src/verifier/index.ts';

/** @param database beside which the key is kept, so that receipts outlive a restart */
export function demoPhoto(database: string | undefined): PhotoOptions {
  if (database === undefined) return { receiptKey: randomBytes(32) };
  const file = `${database}.receipt-key`;
  if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600, flag: 'wx' });
  return { receiptKey: readFileSync(file) };
}
