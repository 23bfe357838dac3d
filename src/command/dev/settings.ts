/** What `id-verify dev` is told: by its flags, and by a configuration in the folder it is started in. */
import { profilesWith } from '../../testing/scenarios.ts';
import type { Profile, VerifierOptions } from '../../verifier/index.ts';
import { isLoopback } from '../../wire/opening.ts';
import { type Arguments, listOf, StartError, textOf, UsageError } from '../command.ts';
import { configFile, loadConfig } from '../config-file.ts';

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
const NAME = { ja: '株式会社サンプル', en: 'Sample Company' };

/** @param folder the working directory */
export async function readSettings(given: Arguments, folder: string): Promise<DevSettings> {
  if (given.positionals.length > 0) throw new UsageError('no arguments, only options');
  const config = configFile(folder, textOf(given, 'config'));
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

/** Of a configuration for `id-verify serve` only who asks and what; everything else is the test's. */
async function load(path: string): Promise<Pick<DevSettings, 'relyingParty' | 'profiles'>> {
  const { relyingParty, profiles }: Partial<DevSettings> = Object(await loadConfig(path));
  if (profiles === undefined || relyingParty === undefined) {
    throw new StartError(`${path}: its default export has no relyingParty, or no profiles`);
  }
  return { relyingParty, profiles };
}
