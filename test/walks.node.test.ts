/** The walks of CONTRIBUTING.md, walked: each leads from compile error to compile error to the end. */
import assert from 'node:assert/strict';
import { after, afterEach, describe, it } from 'node:test';
import { patchedCopy } from './patched-copy.ts';

const copy = patchedCopy();
afterEach(() => copy.reset());
after(() => copy.remove());

describe('adding', () => {
  it('a language', () => {
    copy.edit('src/i18n/language.ts', (text) =>
      text.replace("en: 'English'", "en: 'English', ko: '한국어'"),
    );
    const tables = copy.wrong();
    assert.ok(tables.length > 3);
    for (const file of tables) assert.match(file, /messages|screens|element/);
    // Each catalog beside the English one; in place of Korean words here, English ones.
    for (const file of copy.files('src/{screens,methods}/**/en.ts')) {
      const korean = copy.read(file).replace('export const en', 'export const ko');
      copy.write(file.replace('/en.ts', '/ko.ts'), korean);
    }
    for (const file of tables.filter((name) => /^ *en: /m.test(copy.read(name)))) {
      copy.edit(file, (text) =>
        text
          .replaceAll(/^( *)en: (\{[\s\S]*?\n\1\},)/gm, '$1en: $2\n$1ko: $2')
          .replaceAll(
            /^( *)en: (.*)en\.ts('\)+)(\.en)?,$/gm,
            (line) => `${line}\n${line.replaceAll(/\ben\b/g, 'ko')}`,
          ),
      );
    }
    assert.deepEqual(copy.wrong(), []);
  });

  it('a document for a wallet', () => {
    const row = (claims: string) =>
      `  'org.example.permit': {\n    claims: {${claims}},\n    ageNamespace: PERSON,\n  },\n`;
    const doctypes = 'src/methods/wallet/doctypes.ts';
    const rest = [
      'address: null',
      'birth_date: null',
      'sex: null',
      'portrait: null',
      'age_in_years: null',
      'local_gov_code: null',
      'individual_number: null',
    ].join(', ');
    const add = (claims: string) =>
      copy.edit(doctypes, (text) =>
        text.replace(
          /('org\.example\.permit': \{[\s\S]*?\n {2}\},\n)?\} as const satisfies Record<string, DocumentType>/,
          `${row(claims)}} as const satisfies Record<string, DocumentType>`,
        ),
      );
    add("name: [at(PERSON, 'full_name')]");
    assert.deepEqual(copy.wrong(), [doctypes], 'a claim nobody has spoken of');
    add(`name: [at(PERSON, 'full_name')], ${rest}`);
    assert.deepEqual(copy.wrong(), []);
  });

  it('a document for photos', () => {
    copy.edit('src/methods/photo/documents.ts', (text) =>
      text.replace(
        "  'driving-licence': CARD,",
        "  'driving-licence': CARD,\n  'disability-handbook': CARD,",
      ),
    );
    const words = copy.wrong();
    assert.ok(words.length > 0, 'a document without a name');
    for (const file of ['ja', 'en'].map((name) => `src/methods/photo/page/messages/${name}.ts`)) {
      copy.edit(file, (text) =>
        text.replace(
          /^( *)'driving-licence': '.*',$/m,
          "$&\n$1'disability-handbook': '障害者手帳',",
        ),
      );
    }
    assert.deepEqual(copy.wrong(), []);
  });

  it('a check', () => {
    const judge = 'src/mdoc/issuer-auth.ts';
    copy.edit(judge, (text) =>
      text.replace(
        "fail('validity/window'",
        "fail('validity/too_long', { where });\n  if (validUntil < validFrom) fail('validity/window'",
      ),
    );
    assert.deepEqual(copy.wrong(), [judge], 'a code without a sentence');
    const sentences = copy
      .files('src/**/*.ts')
      .find((file) => /^ {2}'validity\/window': \[/m.test(copy.read(file)));
    assert.ok(sentences);
    copy.edit(sentences, (text) =>
      text.replace(
        "  'validity/window': [",
        "  'validity/too_long': ['It is valid for too long', 'MSO', 'a year', 'more', 'none'],\n  'validity/window': [",
      ),
    );
    assert.deepEqual(copy.wrong(), []);
  });

  it('an operator', () => {
    const file = 'src/methods/handoff/server/providers/mine.ts';
    const source = (members: string) => `import type { HandoffProvider } from '../provider.ts';
export const mine: HandoffProvider = {
  id: 'mine',
  rungs: ['jpki'],
  app: { ja: 'アプリ' },
  environment: 'test',
  claims: ['name'],
  start: async ({ state }) => ({ url: 'https://operator.example/?state=' + state, data: {} }),
  ${members}
};
`;
    copy.write(file, source(''));
    assert.deepEqual(copy.wrong(), [file]);
    copy.write(
      file,
      source("callback: async () => ({ outcome: 'ended', code: 'incomplete/declined' }),"),
    );
    assert.deepEqual(copy.wrong(), []);
  });

  it('a store', () => {
    const file = 'src/store/mine.ts';
    copy.write(file, "import type { Store } from './store.ts';\nexport const mine: Store = {};\n");
    assert.deepEqual(copy.wrong(), [file]);
    copy.write(
      file,
      "import { memoryStore } from './memory.ts';\nimport type { Store } from './store.ts';\nexport const mine: Store = memoryStore();\n",
    );
    // What it must do, beyond having its functions, is said by one suite for all of them.
    copy.write(
      'src/store/mine-suite.ts',
      "import { storeConformance } from './conformance.ts';\nimport { mine } from './mine.ts';\nstoreConformance('mine', () => mine);\n",
    );
    assert.deepEqual(copy.wrong(), []);
  });
});
