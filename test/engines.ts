/** The three browser engines the tests run in: where they are, which version, how to get them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';

export const ENGINES = ['chromium', 'firefox', 'webkit'] as const;
export type EngineName = (typeof ENGINES)[number];

export interface Engine {
  readonly name: EngineName;
  readonly executable: string;
  readonly version: string;
}

interface Source {
  /** The environment variable that overrides the search. */
  readonly variable: string;
  readonly commands: readonly string[];
  readonly paths: readonly string[];
  readonly debian: readonly string[];
  /** Further commands the engine cannot be driven without. */
  readonly needs: readonly string[];
}

const SOURCES = {
  chromium: {
    variable: 'CHROMIUM',
    commands: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
    paths: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
    debian: ['chromium', 'fonts-noto-cjk'],
    needs: [],
  },
  firefox: {
    variable: 'FIREFOX',
    commands: ['firefox-esr', 'firefox'],
    paths: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
    debian: ['firefox-esr', 'fonts-noto-cjk'],
    needs: [],
  },
  webkit: {
    variable: 'MINIBROWSER',
    commands: [],
    paths: ['/usr/lib/*/webkit2gtk-4.1/MiniBrowser', '/usr/libexec/webkit2gtk-4.1/MiniBrowser'],
    debian: ['webkit2gtk-driver', 'xvfb', 'fonts-noto-cjk'],
    needs: ['WebKitWebDriver', 'Xvfb'],
  },
} satisfies Record<EngineName, Source>;

/** The path of a command, or undefined. */
export function which(command: string): string | undefined {
  const found = spawnSync('/bin/sh', ['-c', 'command -v "$0"', command], { encoding: 'utf8' });
  return found.status === 0 ? found.stdout.trim() : undefined;
}

/** The engine as installed here, or undefined when it, or something needed to drive it, is missing. */
export function findEngine(name: EngineName): Engine | undefined {
  const { variable, commands, paths, needs }: Source = SOURCES[name];
  const executable =
    [process.env[variable], ...commands.map(which)].find((path) => path && existsSync(path)) ??
    globSync([...paths])[0];
  if (!executable || needs.some((command) => !which(command))) return undefined;
  return { name, executable, version: versionOf(executable) };
}

/** @throws {Error} naming the command that installs it */
export function requireEngine(name: EngineName): Engine {
  const engine = findEngine(name);
  if (!engine) throw new Error(`${name} was not found. ${howToInstall([name])}`);
  return engine;
}

function versionOf(executable: string): string {
  const printed = spawnSync(executable, ['--version'], { encoding: 'utf8' });
  return /\d+(\.\d+)+/.exec(printed.stdout ?? '')?.[0] ?? 'unknown';
}

function debianPackages(names: readonly EngineName[]): string[] {
  return [...new Set(names.flatMap((name) => [...SOURCES[name].debian]))];
}

export function howToInstall(names: readonly EngineName[]): string {
  if (which('apt-get')) {
    return `Install with: sudo apt-get install -y ${debianPackages(names).join(' ')}`;
  }
  const variables = names.map((name) => SOURCES[name].variable).join(', ');
  return `Install it with your system's package manager, or name its path in ${variables}.`;
}

/** Debian as root: install without asking. Answers whether that was possible at all. */
export function installOnDebian(names: readonly EngineName[]): boolean {
  if (process.getuid?.() !== 0 || !which('apt-get')) return false;
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const step of [
    ['update', '-q'],
    ['install', '-y', '-q', '--no-install-recommends', ...debianPackages(names)],
  ]) {
    execFileSync('apt-get', step, { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
  }
  return true;
}
