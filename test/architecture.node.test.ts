import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { violations } from './architecture.ts';

/** A source tree with nothing but these files in it. */
function planted(files: Record<string, string>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'architecture-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    return violations(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

test('the project itself keeps its arrows', () => {
  assert.deepEqual(violations('src'), []);
});

test('what points down is allowed', () => {
  const files = {
    'wire/cbor.ts': 'export const EMBEDDED = 24;',
    'wire/reader.ts': "import { EMBEDDED } from './cbor.ts';",
    'mdoc/cose.ts': "import { readCbor } from '../wire/reader.ts';",
    'methods/wallet/server/verify.ts': "import type { Cose } from '../../../mdoc/cose.ts';",
    'store/sqlite.ts': "import { DatabaseSync } from 'node:sqlite';",
    'methods/wallet/page/method.ts': "export const load = () => import('./panel.ts');",
    'methods/wallet/page/panel.ts': "import { html } from 'lit';",
    'define.ts': "import './methods/wallet/page/method.ts';",
    'wire/cbor.node.test.ts': "import { test } from 'node:test'; import '../../demo/issuer/x.ts';",
  };
  assert.deepEqual(planted(files), []);
});

test('what decides has its test beside it, what decides nothing needs none', () => {
  const files = {
    'trust/a.ts': 'export const a = (b: boolean) => (b ? 1 : 2);',
    'trust/a.node.test.ts': '',
    'trust/b.ts': '// if (a) throw b\nexport const b = (a?: number) => a ?? 1;',
    'mdoc/c.ts': 'export const c = (b: boolean) => (b ? 1 : 2);',
  };
  assert.deepEqual(planted(files), []);
});

const WRONG: Record<string, Record<string, string>> = {
  'an arrow that points up': { 'wire/a.ts': "import { b } from '../mdoc/b.ts';" },
  'an arrow of types alone': { 'wire/a.ts': "import type {\n  B,\n} from '../mdoc/b.ts';" },
  'an arrow by re-export': { 'trust/a.ts': "export * from '../mdoc/b.ts';" },
  'an arrow that loads later': { 'trust/a.ts': "const b = () => import('../mdoc/b.ts');" },
  'an arrow hidden in a type': { 'trust/a.ts': "type B = import('../mdoc/b.ts').B;" },
  'the browser half in the server half': {
    'verifier/a.ts': "import { panel } from '../methods/wallet/page/panel.ts';",
  },
  'the server half in the browser half': {
    'methods/wallet/page/panel.ts': "import { verify } from '../server/verify.ts';",
  },
  'another decoder of CBOR': { 'wire/a.ts': "import { Decoder } from 'cbor-x';" },
  'Node in a web file': { 'verifier/a.ts': "import { readFileSync } from 'node:fs';" },
  'a package of another room': { 'wire/a.ts': "import { html } from 'lit';" },
  'test anchors in the product': { 'trust/a.ts': "import '../testing/issuer/pki.ts';" },
  'a test helper in the product': { 'wire/a.ts': "import { x } from './x.helper.ts';" },
  'a room nobody knows': { 'attic/a.ts': "import './b.ts';" },
  'a circle within a room': {
    'wire/a.ts': "import { b } from './b.ts';",
    'wire/b.ts': "import { c } from './c.ts';",
    'wire/c.ts': "import type { a } from './a.ts';",
  },
  'a bag of six callbacks': {
    'wire/a.ts':
      'export interface Bag { a(): void; b(): void; c?(): void; readonly d: () => void; readonly e?: () => void; readonly f: (() => void) | undefined; }',
  },
  'a bag of six callbacks by an alias': {
    'wire/a.ts':
      'type Task = () => void; export interface Bag { a: Task; b: Task; c?: Task; readonly d: Task; e: Task | undefined; f(): void; }',
  },
  'a branch without a test beside it': {
    'trust/a.ts': 'export function a(b: boolean) {\n  if (b) return 1;\n  return 2;\n}',
  },
  'a throw without a test beside it': {
    'methods/wallet/server/a.ts': "export const a = () => {\n  throw new Error('a');\n};",
  },
  'a choice without a test beside it': {
    'store/a.ts': 'export const a = (b: boolean) =>\n  b\n    ? 1\n    : 2;',
  },
  'a panel on the first screen': {
    'define.ts': "import './index.ts';",
    'index.ts': "import './methods/wallet/page/panel.ts';",
  },
};

describe('what points up is found', () => {
  for (const [name, files] of Object.entries(WRONG)) {
    test(name, () => assert.equal(planted(files).length, 1));
  }
});
