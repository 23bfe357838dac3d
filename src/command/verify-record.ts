/** `id-verify verify-record`: a kept record of a wallet's evidence, checked again as of its time. */
import { pemBlocks } from '../trust/pem.ts';
import { explain } from '../verifier/explain.ts';
import { verifyRecord, type WalletRecord } from '../verifier/index.ts';
import { IdVerifyError } from '../wire/error.ts';
import { type Command, type Io, json, languageOf, textOf, UsageError } from './command.ts';
import { decodeInput, readInput } from './inspect/input.ts';

export const command: Command = {
  usage: `id-verify verify-record <file | -> [--document <file>] [--anchors <file>] [--lang ja|en] [--json]

Checks the proof of one evidence record (JSON, as the store keeps it: receivedAt, checks, proof) again,
offline and as of when it was judged. --document is the DeviceResponse, where it was kept; --anchors
are roots in PEM, by default the record's own, which shows only that all hangs together.
`,
  options: {
    document: { type: 'string' },
    anchors: { type: 'string' },
    lang: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run(given, io) {
    const [what, ...more] = given.positionals;
    if (what === undefined || more.length > 0) throw new UsageError('one file, or -');
    const language = languageOf(given);
    const record = parsed(await readInput(what, io));
    const [document, anchors] = [textOf(given, 'document'), textOf(given, 'anchors')];
    const nothing: Pick<Io, 'stdin'> = { stdin: async () => new Uint8Array() };
    const roots = anchors && new TextDecoder().decode(await readInput(anchors, nothing));
    try {
      const found = await verifyRecord(record, {
        ...(document && { document: decodeInput(await readInput(document, nothing)).bytes }),
        ...(roots && { trustAnchors: pemBlocks(roots, 'CERTIFICATE') }),
      });
      const checks = found.checks.map((one) => ({ ...one, explanation: explain(one, language) }));
      if (given.values.json) io.out(json({ ...found, checks }));
      else {
        for (const { id, outcome, code = '', explanation } of checks) {
          io.out(`${outcome.padEnd(12)} ${id} ${code}\n`);
          if (explanation) io.out(`             ${explanation.operator}\n`);
        }
        io.out(`not repeatable: ${found.notRepeatable.join(', ') || 'nothing'}\n`);
      }
      return checks.every(({ outcome }) => outcome === 'passed') ? 0 : 1;
    } catch (error) {
      if (!(error instanceof IdVerifyError)) throw error;
      io.err(`${error.code}: ${error.message}\n`);
      return 1;
    }
  },
};

function parsed(bytes: Uint8Array): WalletRecord {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new UsageError('not JSON');
  }
}
