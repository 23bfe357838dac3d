/** What every word of the command is made of. */
import type { ParseArgsOptionsConfig } from 'node:util';

/** 0 well · 1 refused or faulty · 2 not understood, or unreadable · 3 cannot start. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Where a command writes; a test gives its own. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** All of standard input. */
  readonly stdin: () => Promise<Uint8Array>;
  readonly signal: AbortSignal;
}

/** Values as `parseArgs` of `node:util` gives them. */
export interface Arguments {
  readonly values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  readonly positionals: readonly string[];
}

export interface Command {
  readonly usage: string;
  readonly options: ParseArgsOptionsConfig;
  run(given: Arguments, io: Io): Promise<ExitCode>;
}

/** The command was not understood; its usage is printed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** It cannot begin, for a reason said in one sentence. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

export const textOf = ({ values }: Arguments, name: string): string | undefined => {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
};

export const listOf = ({ values }: Arguments, name: string): readonly string[] => {
  const value = values[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
};

export const languageOf = (given: Arguments): 'ja' | 'en' => {
  const lang = textOf(given, 'lang') ?? 'en';
  if (lang !== 'ja' && lang !== 'en') throw new UsageError(`--lang: ja or en, not ${lang}`);
  return lang;
};

export const json = (value: unknown): string =>
  `${JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? String(item) : item), 2)}\n`;
