import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { MDOC_CHECKS } from '../mdoc/checks.ts';
import { CATEGORIES, type Code } from '../wire/error.ts';
import { explain, explained, MEANINGS } from './explain.ts';
import { ACCOUNT_REFUSALS } from './explanations.ts';

/** Every code named in these files, in the words of the source. */
function codesIn(...patterns: readonly string[]): Set<string> {
  const files = patterns.flatMap((pattern) => globSync(`src/${pattern}`));
  const found = new Set<string>();
  const written = new RegExp(`(['\`])(?:${CATEGORIES.join('|')})/[^'\`]+\\1`, 'g');
  for (const file of files) {
    if (file.includes('.test.') || file.includes('refusals') || file.includes('explanations'))
      continue;
    const source = readFileSync(file, 'utf8').replaceAll(/^\s*(\/?\*|\/\/).*$/gm, '');
    for (const [literal] of source.matchAll(written)) found.add(literal.slice(1, -1));
  }
  return found;
}

/** Faults of the deployment and of callers end the call, they fail no check. */
const notOfChecks = (code: string) => code.startsWith('config/') && code !== 'config/private_key';

/** What the listed files refuse outside any check. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'malformed/openid4vp_request': 'a request the page is shown',
  'unsupported/items_request': 'a request the page is shown',
  'undetermined/vical_signature': 'a list of anchors, imported before anything is verified',
  'undetermined/vical_stale': 'a list of anchors, imported before anything is verified',
  'undetermined/unreachable': 'becomes the code of the list that was fetched',
  'malformed/record': 'a record that is verified again',
  'policy/method': 'a call the profile does not allow',
  'policy/law': 'a call the law does not allow',
  'malformed/request': 'a call of the page or the phone',
  'limit/rate': 'a call of the page or the phone',
};

const inChecks = codesIn(
  'mdoc/*.ts',
  'trust/*.ts',
  'crypto/*.ts',
  'wire/{bytes,fields,reader,reader-refusals,reader-text}.ts',
  'methods/claims.ts',
  'methods/wallet/verify*.ts',
  'methods/handoff/verify/{judge,certificate}.ts',
  'methods/photo/verify/{manifest,receipt,jpeg}.ts',
  'methods/photo/verify.ts',
  'verifier/account.ts',
);

test('each code of a check has its operator’s sentence: what, where, expected, found, clause', () => {
  assert.ok(inChecks.size > 120, `${inChecks.size} codes found`);
  const missing: string[] = [];
  for (const code of inChecks) {
    if (notOfChecks(code) || code in ELSEWHERE) continue;
    const codes = /\$/.test(code) ? spelledOut(code) : [code];
    missing.push(...codes.filter((one) => !(one in MEANINGS) && !isAccount(one)));
  }
  assert.deepEqual(missing, []);
  for (const meaning of [...Object.values(MEANINGS), ...Object.values(ACCOUNT_REFUSALS)]) {
    assert.equal(meaning?.length, 5);
    for (const part of meaning ?? []) assert.match(part, /\S/);
  }
});

/** What the places in templates of the source stand for. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  role: ['signer', 'iaca'],
  claim: ['name', 'birth_date'],
};

function spelledOut(template: string): string[] {
  const [place = '', name = ''] = /\$\{(\w+)\}/.exec(template) ?? [];
  assert.ok(PLACES[name], template);
  return PLACES[name].map((word) => template.replace(place, word));
}

const isAccount = (code: string) => /^(policy\/mismatch|undetermined\/match)_/.test(code);

test('each has its words for the person, in every language, and they give nothing away', () => {
  const telling =
    /digest|ダイジェスト|MSO|x5chain|COSE|CBOR|nonce|HPKE|salt|anchor|IACA|docType|\bkey\b|鍵/i;
  const codes = [...(Object.keys(MEANINGS) as Code[]), 'policy/mismatch_name' as Code];
  for (const code of codes) {
    for (const lang of ['ja', 'en'] as const) {
      const { heading, text, note = '' } = explain({ id: 'x', code }, lang)?.person ?? {};
      assert.ok(heading && text, `${code} in ${lang}`);
      assert.doesNotMatch(`${heading} ${text} ${note}`, telling, code);
      assert.equal(/[ぁ-ん]/.test(text), lang === 'ja', `${code}: ${text}`);
      assert.ok(!`${heading}${text}`.includes(code));
    }
  }
});

test('the sentence of the case is kept, a shorter word becomes what was found', () => {
  const sentence = 'A is wrong, in b: expected c, found d (e 1).';
  const code = 'digest/chain';
  assert.equal(explain({ id: 'photo.chain', code, detail: sentence }, 'en')?.operator, sentence);
  assert.match(
    explain({ id: 'photo.chain', code, detail: 'shot 3 breaks the chain' }, 'en')?.operator ?? '',
    /, in the manifest: expected .*, found shot 3 breaks the chain \(.+\)\.$/,
  );
  assert.match(
    explain({ id: 'x', code: 'policy/of_an_operator' }, 'ja')?.operator ?? '',
    /, in x: expected .*, found policy\/of_an_operator \(x\)\.$/,
  );
  const passed = { id: 'photo.chain', outcome: 'passed' } as const;
  assert.equal(explain(passed, 'en'), undefined);
  assert.deepEqual(explained([passed]), [passed]);
});

test('each check of a document says what it establishes', () => {
  for (const [id, { what, clause }] of Object.entries(MDOC_CHECKS)) {
    assert.ok(id.startsWith('mdoc.') && what.length > 0 && clause.length > 0);
  }
});
