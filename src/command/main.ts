#!/usr/bin/env node
/**
 * The command `id-verify`. Each of its words is a module of its own, loaded when it is said.
 *
 * Exit codes: 0 all is well · 1 what was looked at is refused or has a fault · 2 the command was not
 * understood, or a file cannot be read · 3 a server cannot start.
 */
import { buffer } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import {
  type Arguments,
  type Command,
  type ExitCode,
  type Io,
  StartError,
  UsageError,
} from './command.ts';

const COMMANDS: Readonly<Record<string, () => Promise<{ readonly command: Command }>>> = {
  serve: () => import('./serve.ts'),
  dev: () => import('./dev/dev.ts'),
  inspect: () => import('./inspect/inspect.ts'),
  'lint-reader': () => import('./lint-reader.ts'),
  'verify-record': () => import('./verify-record.ts'),
  explain: () => import('./explain.ts'),
  'new-keys': () => import('./new-keys.ts'),
};

const USAGE = `id-verify <command> [options]

  serve           the verifier as a service of its own, for a site in any language
  dev             a verifier, a simulated wallet and a simulated phone for your own page
  inspect         what is inside a request, an answer, an envelope, a list or a certificate
  lint-reader     what wallets will refuse of a reader certificate
  verify-record   checks the kept record of a verification again
  explain         what a code means, to the operator and to the person
  new-keys        a reader key with its CSR, or a key for photo receipts

id-verify <command> --help tells more. Only serve and dev open ports, dev on loopback; no other asks the network.
Exit codes: 0 well, 1 refused or faulty, 2 not understood or unreadable, 3 cannot start.
`;

/** @param words after the command's own name */
export async function run(words: readonly string[], io: Io): Promise<ExitCode> {
  const [word = '', ...rest] = words;
  const load = Object.hasOwn(COMMANDS, word) ? COMMANDS[word] : undefined;
  if (load === undefined) {
    const asked = word === '' || word === '--help' || word === 'help';
    (asked ? io.out : io.err)(asked ? USAGE : `id-verify: no command "${word}"\n\n${USAGE}`);
    return asked ? 0 : 2;
  }
  const { command } = await load();
  try {
    const given = parse(command, rest);
    if (given.values.help) {
      io.out(command.usage);
      return 0;
    }
    return await command.run(given, io);
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`id-verify ${word}: ${error.message}\n\n${command.usage}`);
      return 2;
    }
    if (error instanceof StartError) {
      io.err(`id-verify ${word}: ${error.message}\n`);
      return 3;
    }
    throw error;
  }
}

function parse({ options }: Command, args: readonly string[]): Arguments {
  try {
    const known = { ...options, help: { type: 'boolean', short: 'h' } } as const;
    return parseArgs({ args: [...args], options: known, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

// Whoever reads the output may have seen enough.
process.stdout.on('error', () => process.exit());
const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
process.exitCode = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  stdin: async () => new Uint8Array(await buffer(process.stdin)),
  signal: ending.signal,
});
