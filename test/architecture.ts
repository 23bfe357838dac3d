/**
 * Imports point down only. Each file of src belongs to one room; a room imports itself and the rooms
 * named beside it. Type imports count as well: a shape that travels upwards is an arrow too. And a
 * file of the server half that decides something has its test beside it.
 *
 * `node test/architecture.ts` prints each arrow that points the wrong way and fails.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, matchesGlob, posix } from 'node:path';
import { declarationsOf } from './declarations.ts';
import { COMMENTS, type Import, importsOf } from './imports.ts';

interface Room {
  readonly name: string;
  /** The first room one of whose patterns matches holds the file. */
  readonly files: readonly string[];
  readonly mayImport: readonly string[];
  /** Rooms of the server half hold no DOM, and their own packages. */
  readonly packages: readonly string[];
}

const ROOMS: readonly Room[] = [
  { name: 'wire', files: ['wire/**'], mayImport: [], packages: [] },
  { name: 'law', files: ['law/**'], mayImport: ['wire'], packages: [] },
  { name: 'crypto', files: ['crypto/**'], mayImport: ['wire'], packages: ['@noble/curves'] },
  { name: 'trust', files: ['trust/**'], mayImport: ['crypto', 'wire'], packages: [] },
  {
    name: 'mdoc',
    files: ['mdoc/**'],
    mayImport: ['trust', 'crypto', 'wire'],
    packages: ['hpke', 'jose'],
  },
  {
    // 公的個人認証: certificates of people, and what they sign.
    name: 'jpki',
    files: ['jpki/**'],
    mayImport: ['trust', 'crypto', 'wire'],
    packages: [],
  },
  { name: 'analysis', files: ['methods/photo/page/analysis/**'], mayImport: [], packages: [] },
  {
    // What an operator writes: shapes of the server half, free of any method's code.
    name: 'operator settings',
    files: ['methods/{claims,config,confirmation,profile}.ts', 'methods/*/settings.ts'],
    mayImport: ['method terms', 'trust', 'crypto', 'law', 'wire'],
    packages: [],
  },
  {
    // What both halves of a method speak about: document types, the body of its envelope.
    name: 'method terms',
    files: ['methods/{wallet,handoff,photo}/*.ts'],
    mayImport: ['crypto', 'wire'],
    packages: [],
  },
  {
    name: 'method verifiers',
    files: [
      'methods/{callbacks,exchange,method-verifier,review-material,verifiers}.ts',
      'methods/*/server/**',
    ],
    mayImport: [
      'operator settings',
      'method terms',
      'jpki',
      'mdoc',
      'trust',
      'crypto',
      'law',
      'wire',
    ],
    packages: ['jose', 'openid-client'],
  },
  {
    name: 'store',
    files: ['store/**'],
    mayImport: ['method verifiers', 'operator settings', 'law', 'wire'],
    packages: ['pg'],
  },
  {
    // The person's words are the same on both sides.
    name: 'explanations',
    files: ['verifier/{explain,explanations}.ts'],
    mayImport: ['method verifiers', 'messages', 'i18n', 'mdoc', 'trust', 'wire'],
    packages: [],
  },
  {
    name: 'verifier',
    files: ['verifier/**'],
    mayImport: [
      'explanations',
      'store',
      'method verifiers',
      'operator settings',
      'method terms',
      'jpki',
      'mdoc',
      'trust',
      'crypto',
      'law',
      'wire',
    ],
    packages: [],
  },
  {
    // What a deployment on Node is: the bridge to its HTTP server, and the service by itself.
    name: 'server',
    files: ['server/**'],
    mayImport: ['verifier', 'store', 'method verifiers', 'operator settings', 'trust', 'wire'],
    packages: [],
  },
  {
    // Everything that pretends to be something else; nothing but tests and the demo imports it.
    name: 'testing',
    files: ['testing/**'],
    mayImport: [
      'verifier',
      'method verifiers',
      'operator settings',
      'mdoc',
      'crypto',
      'session',
      'wire',
    ],
    packages: ['jose', 'cbor-x', 'cborg', '@hpke/core', '@noble/curves', '@noble/hashes'],
  },
  {
    // The command, each of its words a file or folder.
    name: 'command',
    files: ['command/**'],
    mayImport: [
      'server',
      'testing',
      'explanations',
      'verifier',
      'store',
      'method verifiers',
      'operator settings',
      'jpki',
      'mdoc',
      'trust',
      'crypto',
      'wire',
    ],
    packages: [],
  },
  { name: 'i18n', files: ['i18n/**'], mayImport: ['wire'], packages: [] },
  {
    // Words without code: what a panel says, whichever room shows it.
    name: 'messages',
    files: ['screens/messages.ts', 'screens/*/{ja,en}.ts'],
    mayImport: ['i18n', 'wire'],
    packages: [],
  },
  { name: 'ui', files: ['ui/**'], mayImport: ['messages', 'i18n', 'wire'], packages: ['lit'] },
  { name: 'backend', files: ['backend/**'], mayImport: ['wire'], packages: [] },
  {
    // The interface alone: the session drives any method without knowing one.
    name: 'method interface',
    files: ['methods/method.ts'],
    mayImport: ['backend', 'ui', 'i18n', 'wire'],
    packages: ['lit'],
  },
  {
    name: 'session',
    files: ['session/**'],
    mayImport: ['method interface', 'backend', 'wire'],
    packages: ['lit', '@lit/context'],
  },
  {
    // The element's own screens: they show the flow, and ask the session for its next step.
    name: 'screens',
    files: ['screens/**'],
    mayImport: ['session', 'ui', 'messages', 'i18n', 'wire'],
    packages: ['lit'],
  },
  { name: 'errors', files: ['errors.ts'], mayImport: ['wire'], packages: [] },
  {
    // The one place of the page that reads what will be sent to the wallet, with the reader of mdoc.
    name: 'wallet request check',
    files: ['methods/wallet/page/request-check.ts'],
    mayImport: ['mdoc', 'methods', 'method terms', 'wire'],
    packages: [],
  },
  {
    name: 'methods',
    files: ['methods/{index,permissions-policy}.ts', 'methods/*/page/**'],
    mayImport: [
      'wallet request check',
      'errors',
      'analysis',
      'method terms',
      'method interface',
      'session',
      'backend',
      'ui',
      'i18n',
      'wire',
    ],
    packages: ['lit', 'lean-qr'],
  },
  {
    name: 'jsx',
    files: ['jsx.ts', 'vue.ts', 'svelte.ts'],
    mayImport: ['element'],
    packages: ['react', 'svelte', 'vue'],
  },
  {
    name: 'element',
    files: ['*.ts', 'element/**'],
    mayImport: [
      'screens',
      'errors',
      'methods',
      'method interface',
      'session',
      'backend',
      'ui',
      'messages',
      'i18n',
      'wire',
    ],
    packages: ['lit', '@lit/context'],
  },
];

/** The only files that may reach beyond web APIs. */
const RESERVED: readonly { readonly specifier: RegExp; readonly files: string }[] = [
  {
    specifier: /^node:/,
    files: '{store/{sqlite,sqlite-schema,conformance,writer}.ts,server/**,command/**}',
  },
];

/** What the first screen must not wait for, wherever it hides behind static imports. */
const LATER = [
  /^wire\/(cbor|reader)/,
  /^lean-qr/,
  /^methods\/photo\/page\/analysis\//,
  /^methods\/[^/]+\/page\/panel/,
];

const isTest = (file: string) => /\.(test|helper)\.ts$/.test(file);

/**
 * Every arrow under `source` that points the wrong way, one sentence each.
 * @param source path of the folder that holds the rooms
 */
export function violations(source: string): string[] {
  const files = globSync('**/*.ts', { cwd: source }).map((file) => file.replaceAll('\\', '/'));
  const graph = new Map(
    files
      .filter((file) => !isTest(file))
      .map((file) => [file, importsOf(readFileSync(join(source, file), 'utf8'))]),
  );
  return [
    ...[...graph].flatMap(([file, imports]) =>
      imports.flatMap((one) => wrongImport(file, one.specifier) ?? []),
    ),
    ...firstScreen(graph),
    ...circles(graph),
    ...files.filter((file) => !isTest(file)).flatMap((file) => untested(file, source)),
    ...[...graph.keys()].flatMap((file) => callbackBags(file, join(source, file))),
  ];
}

/** Where a file that decides something has its test beside it. */
const DECIDING = '{trust,store,verifier,methods/*/server}/**';
/** A branch or a throw, in code as the formatter leaves it. */
const DECISION = /\b(if|switch) \(|\bthrow\b|\s\? /;

/** Files of which nothing is reached but through another, and where they are tested. */
const TESTED_ELSEWHERE: Readonly<Record<string, string>> = {
  'store/conformance.ts': 'is itself a suite of tests',
  'store/writer.ts': 'is a process that store/sqlite.node.test.ts kills',
  'methods/handoff/server/landing-screens.ts':
    'are the pages of methods/handoff/server/landing.node.test.ts',
  'methods/handoff/server/providers/digital-auth-sign.ts':
    'is reached by digital-auth.node.test.ts',
  'store/postgres-schema.ts': 'is run by the server that store/postgres.node.test.ts starts',
};

/** A file that decides something, and has no test beside it. */
function untested(file: string, source: string): string[] {
  if (!matchesGlob(file, DECIDING) || /(^|\/)index\.ts$/.test(file)) return [];
  if (file in TESTED_ELSEWHERE) return [];
  const test = file.replace(/\.ts$/, '.node.test.ts');
  const code = readFileSync(join(source, file), 'utf8').replace(COMMENTS, '');
  if (!DECISION.test(code) || existsSync(join(source, test))) return [];
  return [`${file} decides something: ${test} is missing`];
}

type Graph = ReadonlyMap<string, readonly Import[]>;

/** Files that import each other, also within one room and also by types alone. */
function circles(graph: Graph): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]) => {
    const at = path.indexOf(file);
    if (at >= 0) found.push(`a circle: ${[...path.slice(at), file].join(' → ')}`);
    if (at >= 0 || done.has(file)) return;
    done.add(file);
    for (const { specifier, kind } of graph.get(file) ?? []) {
      // What is loaded when asked is there by then.
      if (kind !== 'dynamic' && specifier.startsWith('.'))
        visit(target(file, specifier), [...path, file]);
    }
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
}

const MOST_CALLBACKS = 5;

/** Interfaces that are contracts with a description of their own, not bags of callbacks. */
const CONTRACTS: Readonly<Record<string, string>> = {
  'methods/method.ts': 'MethodHost',
  'methods/method-verifier.ts': 'MethodVerifier',
  'store/store.ts': 'Store',
  'crypto/provider.ts': 'CryptoProvider',
  'verifier/index.ts': 'Verifier',
  'session/api.ts': 'Session',
  'backend/session-client.ts': 'SessionClient',
};

/** What crosses a file by more functions than a reader can follow. */
function callbackBags(file: string, path: string): string[] {
  return (
    declarationsOf(file, readFileSync(path, 'utf8'))
      .filter(({ exported, functions }) => exported && functions > MOST_CALLBACKS)
      // A forger's edits are options, each of which stands alone.
      .filter(({ name }) => CONTRACTS[file] !== name && !name.endsWith('Edits'))
      .map(
        ({ name, functions }) =>
          `${file}: ${name} holds ${functions} functions; at most ${MOST_CALLBACKS} cross a file together`,
      )
  );
}

function roomOf(file: string): Room | undefined {
  return ROOMS.find(({ files }) => files.some((pattern) => matchesGlob(file, pattern)));
}

function target(file: string, specifier: string): string {
  return posix.join(posix.dirname(file), specifier);
}

function wrongImport(file: string, specifier: string): string | undefined {
  const room = roomOf(file);
  if (!room) return `${file} belongs to no room`;
  const reserved = RESERVED.find((rule) => rule.specifier.test(specifier));
  if (reserved) {
    return matchesGlob(file, reserved.files)
      ? undefined
      : `${file}: only ${reserved.files} imports ${specifier}`;
  }
  if (!specifier.startsWith('.')) {
    const allowed = room.packages.some((name) => isPackage(specifier, name));
    return allowed ? undefined : `${file}: ${room.name} does not use ${specifier}`;
  }
  const imported = target(file, specifier);
  if (imported.startsWith('..'))
    return `${file}: src imports nothing outside itself (${specifier})`;
  if (isTest(imported)) return `${file}: ${imported} is for tests`;
  const other = roomOf(imported);
  if (!other) return `${imported} belongs to no room`;
  if (other === room || room.mayImport.includes(other.name)) return undefined;
  return `${file}: ${room.name} may not import ${other.name} (${specifier})`;
}

function isPackage(specifier: string, name: string): boolean {
  return specifier === name || specifier.startsWith(name.endsWith('/') ? name : `${name}/`);
}

/** Follows the imports that load at once from the tag's entry. */
function firstScreen(graph: Graph): string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  const visit = (file: string, path: readonly string[]) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const { specifier, kind } of graph.get(file) ?? []) {
      if (kind !== 'static') continue;
      const next = specifier.startsWith('.') ? target(file, specifier) : specifier;
      if (LATER.some((pattern) => pattern.test(next))) {
        found.push(`the first screen would load ${next}: ${[...path, file].join(' → ')}`);
      } else {
        visit(next, [...path, file]);
      }
    }
  };
  visit('define.ts', []);
  return found;
}

if (import.meta.main) {
  const found = violations('src');
  for (const violation of found) console.error(violation);
  process.exitCode = found.length > 0 ? 1 : 0;
}
