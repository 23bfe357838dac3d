/** What `id-verify dev` is told: by its flags, and by a configuration in the folder it is started in. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { profilesWith } from '../../testing/scenarios.ts';
import type { Profile, VerifierOptions } from '../../verifier/index.ts';
import { isLoopback } from '../../wire/opening.ts';
import { type Arguments, listOf, StartError, textOf, UsageError } from '../command.ts';

export interface DevSettings {
  readonly port: number;
  /** Of pages on other ports that may open sessions. */
  readonly pages: readonly string[];
  readonly relyingParty: VerifierOptions['relyingParty'];
  readonly profiles: Readonly<Record<string, Profile>>;
  /** The one the lines to paste name. */
  readonly profile: string;
  /** Where profiles and name come from, if not from here. */
  readonly config: string | undefined;
}

/** Where the development servers of Vite, Next.js and others have their pages. */
const USUAL_PAGES = [3000, 4173, 5173, 8080].map((port) => `http://localhost:${port}`);
const CONFIGS = ['id-verify.config.js', 'id-verify.config.mjs', 'id-verify.config.ts'];
const NAME = { ja: '株式会社サンプル', en: 'Sample Company' };

/** @param folder the working directory */
export async function readSettings(given: Arguments, folder: string): Promise<DevSettings> {
  if (given.positionals.length > 0) throw new UsageError('no arguments, only options');
  const config = configIn(folder, textOf(given, 'config'));
  const { relyingParty, profiles } = config === undefined ? OWN : await load(config);
  const profile = textOf(given, 'profile') ?? Object.keys(profiles)[0] ?? '';
  if (!Object.hasOwn(profiles, profile)) {
    const known = Object.keys(profiles).join(', ');
    throw new UsageError(`--profile: one of ${known}, not ${profile}`);
  }
  return {
    port: portOf(textOf(given, 'port') ?? '8787'),
    pages: [...new Set([...USUAL_PAGES, ...listOf(given, 'origin').map(originOf)])],
    relyingParty,
    profiles,
    profile,
    config,
  };
}

const OWN = {
  relyingParty: { name: NAME, mark: 'サ' },
  profiles: profilesWith({ handoffs: true, photos: false }),
};

function portOf(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
    throw new UsageError(`--port: a number up to 65535, not ${text}`);
  }
  return Number(text);
}

function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && url.origin === text && isLoopback(url.hostname)) return text;
  throw new UsageError(
    `--origin: an origin of this machine like http://localhost:5173, not ${text}`,
  );
}

function configIn(folder: string, named: string | undefined): string | undefined {
  const paths = named === undefined ? CONFIGS : [named];
  const found = paths.map((path) => join(folder, path)).find(existsSync);
  if (named !== undefined && found === undefined) throw new UsageError(`--config: no ${named}`);
  return found;
}

/** Of a configuration for `id-verify serve` only who asks and what; everything else is the test's. */
async function load(path: string): Promise<Pick<DevSettings, 'relyingParty' | 'profiles'>> {
  const loaded: unknown = await import(pathToFileURL(path).href).catch((error: unknown) => {
    throw new StartError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  });
  const { default: config }: { default?: Partial<DevSettings> } = Object(loaded);
  if (config?.profiles === undefined || config.relyingParty === undefined) {
    throw new StartError(`${path}: its default export has no relyingParty, or no profiles`);
  }
  return { relyingParty: config.relyingParty, profiles: config.profiles };
}
