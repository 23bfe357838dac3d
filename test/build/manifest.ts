/**
 * `npm run manifest` writes custom-elements.json from the element's JSDoc; with `--check` it fails
 * when the committed file is not what would be written.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

interface Member {
  readonly name: string;
  readonly privacy?: string;
}

interface Declaration {
  readonly members?: readonly Member[];
  /** An event whose name the analyzer could not tell has none. */
  readonly events?: readonly { readonly name?: string }[];
  readonly attributes?: readonly { readonly fieldName?: string }[];
}

interface Manifest {
  readonly modules: readonly { readonly declarations?: readonly Declaration[] }[];
}

const FILE = 'custom-elements.json';
const WORK = 'node_modules/.cache/manifest';

/** Only what a page may use: the analyzer also lists private members, the
 * browser's callbacks, and events it guessed. */
export function published(manifest: Manifest): Manifest {
  const modules = manifest.modules.map((module) => ({
    ...module,
    ...(module.declarations && { declarations: module.declarations.map(publicParts) }),
  }));
  return { ...manifest, modules };
}

function publicParts(declaration: Declaration): Declaration {
  const { members, events } = declaration;
  return {
    ...declaration,
    ...(members && { members: members.filter(isPublic) }),
    ...(events && { events: events.filter(({ name }) => name?.startsWith('id-verify-')) }),
  };
}

function isPublic({ name, privacy }: Member): boolean {
  return !/^[#_]|Callback$/.test(name) && (privacy === undefined || privacy === 'public');
}

/** The analyzer names source files; the package holds what they are built to. */
function publishedPaths(json: string): string {
  return json
    .replace(/"\/?src\/([\w/.-]+)\.ts"/g, '"dist/$1.js"')
    .replace(/"(\.\/[\w/.-]+)\.ts"/g, '"$1.js"');
}

function generate(): string {
  execFileSync('node_modules/.bin/cem', ['analyze', '--config', 'test/build/manifest.config.js'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const analyzed: Manifest = JSON.parse(readFileSync(`${WORK}/${FILE}`, 'utf8'));
  return `${publishedPaths(JSON.stringify(published(analyzed), null, 2))}\n`;
}

if (import.meta.main) {
  const wanted = generate();
  if (!process.argv.includes('--check')) {
    writeFileSync(FILE, wanted);
  } else if (readFileSync(FILE, 'utf8') !== wanted) {
    console.error(`${FILE} is not current: run "npm run manifest" and commit it.`);
    process.exitCode = 1;
  }
}
