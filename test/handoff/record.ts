/** A handoff as the server keeps it, for tests of what is done with one. */
import { type HandoffRecord, writeRecord } from '../../src/methods/handoff/server/exchange.ts';
import type { Exchange } from '../../src/methods/method-verifier.ts';

const hash = 'h'.repeat(43);

export const recordOf = (changes: Partial<HandoffRecord> = {}): HandoffRecord => ({
  rung: 'jpki',
  provider: 'platform',
  phase: 'waiting',
  code: '12',
  choices: ['12', '34', '56'],
  told: { relyingParty: { ja: 'テスト商店' }, purpose: { ja: 'ご本人の確認' }, claims: ['name'] },
  statement: 'what is signed',
  startedAt: 0,
  expiresAt: 300_000,
  device: 'computer',
  links: { qr: hash, here: hash },
  ...changes,
});

export const exchangeOf = (record: HandoffRecord, id = 'q1'): Exchange => ({
  id,
  method: record.rung,
  createdAt: record.startedAt,
  answerableUntil: record.expiresAt,
  data: writeRecord(record),
});
