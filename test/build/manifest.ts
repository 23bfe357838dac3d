/**
 * `npm run manifest` writes custom-elements.json and llms.txt from the element's JSDoc; with `--check` it fails
 * when a committed file is not what would be written. Either way it fails when something has no description.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { llmsText } from './llms.ts';

interface Member {
  readonly name: string;
  readonly description?: string;
  readonly privacy?: string;
}

interface Declaration {
  readonly name?: string;
  readonly members?: readonly Member[];
  /** An event whose name the analyzer could not tell has none. */
  readonly events?: readonly Partial<Member>[];
  readonly attributes?: readonly (Partial<Member> & { readonly fieldName?: string })[];
  readonly slots?: readonly Member[];
  readonly cssParts?: readonly Member[];
  readonly cssProperties?: readonly Member[];
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
    ...(members && { members: members.filter(isPublic).map((one) => described(one, declaration)) }),
    ...(events && { events: events.filter(({ name }) => name?.startsWith('id-verify-')) }),
  };
}

/** What every form control has (HTML, section 4.10.5). */
const FORM_MEMBERS: Readonly<Record<string, string>> = {
  formAssociated: 'The element takes part in forms.',
  form: 'The form it belongs to.',
  labels: 'The `label` elements that name it.',
  validity: 'Whether it may be sent, and why not.',
  validationMessage: 'What the browser says when it may not be sent.',
  willValidate: 'Whether it is checked when its form is sent.',
  setCustomValidity:
    'Keeps it from being sent, for a reason of the page; the empty text allows it again.',
  checkValidity: 'Whether it may be sent; without it, dispatches `invalid`.',
  reportValidity: 'The same, and lets the browser say it to the person.',
};

/** A property is what its attribute is. */
function described(member: Member, { attributes = [] }: Declaration): Member {
  const attribute = attributes.find(({ fieldName }) => fieldName === member.name);
  const description = member.description ?? attribute?.description ?? FORM_MEMBERS[member.name];
  return description === undefined ? member : { ...member, description };
}

const DESCRIBED = [
  'members',
  'events',
  'attributes',
  'slots',
  'cssParts',
  'cssProperties',
] as const;

/** What an editor would show without a word about it. */
export function undescribed({ modules }: Manifest): string[] {
  return modules
    .flatMap(({ declarations = [] }) => declarations)
    .flatMap((declaration) =>
      DESCRIBED.flatMap((kind) =>
        (declaration[kind] ?? [])
          .filter(({ description }) => !description?.trim())
          .map(({ name }) => `${declaration.name}, ${kind}: ${name}`),
      ),
    );
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
  const manifest = generate();
  for (const name of undescribed(JSON.parse(manifest))) {
    console.error(`No description: ${name}. Write JSDoc where it is declared.`);
    process.exitCode = 1;
  }
  const wanted = { [FILE]: manifest, 'llms.txt': llmsText(JSON.parse(manifest)) };
  for (const [file, text] of Object.entries(wanted)) {
    if (!process.argv.includes('--check')) {
      writeFileSync(file, text);
    } else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
      console.error(`${file} is not current: run "npm run manifest" and commit it.`);
      process.exitCode = 1;
    }
  }
}
