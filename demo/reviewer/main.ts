/** The reviewer's page: lists what waits, shows one case, sends the decision. */
import type { ReviewCase, ReviewSummary } from '../../src/verifier/index.ts';
import { make } from '../page/tree.ts';
import { type PageLanguage, translatePage } from '../page/words.ts';
import { shotItem } from './shots.ts';
import { named, PAGE, PRESETS, WORDS } from './words.ts';

const REVIEWS = '/demo/reviewer/reviews';
const EVERY = 3_000;

const find = <T extends HTMLElement>(id: string): T => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no #${id}`);
  return element as T;
};
const menu = find<HTMLSelectElement>('language');
const photo = find<HTMLSelectElement>('photo');
const preset = find<HTMLSelectElement>('preset');
const reasons = {
  ja: find<HTMLTextAreaElement>('reason-ja'),
  en: find<HTMLTextAreaElement>('reason-en'),
};
const dialog = find<HTMLDialogElement>('large');

let language: PageLanguage =
  new URLSearchParams(location.search).get('lang') === 'en' ? 'en' : 'ja';
let waiting: readonly ReviewSummary[] = [];
let shown: ReviewCase | undefined;

const words = () => WORDS[language];
const clock = (at: number): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(at);

async function ask<T>(path = '', init?: RequestInit): Promise<T> {
  const response = await fetch(REVIEWS + path, init);
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.code ?? `${response.status}`);
  return body;
}

async function refresh(): Promise<void> {
  const before = waiting;
  waiting = await ask<ReviewSummary[]>();
  if (shown && !waiting.some(({ id }) => id === shown?.id)) leave();
  const ids = (list: typeof waiting) => list.map(({ id }) => id).join();
  if (ids(before) !== ids(waiting)) drawList();
}

function drawList(): void {
  find('count').textContent = words().count(waiting.length);
  const items = waiting.map(({ id, submittedAt, flags }) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.ariaCurrent = String(id === shown?.id);
    button.append(make('span', clock(submittedAt)));
    const marks = flags.map((flag) => named(words().flags, flag)).join(' · ');
    if (marks) button.append(make('small', `⚠ ${marks}`));
    button.addEventListener('click', () => void open(id));
    const item = document.createElement('li');
    item.append(button);
    return item;
  });
  find('waiting').replaceChildren(...items);
}

async function open(id: string): Promise<void> {
  try {
    shown = await ask<ReviewCase>(`/${id}`);
  } catch (error) {
    return complain(error);
  }
  for (const field of Object.values(reasons)) field.value = '';
  drawCase(shown);
  drawClaims(shown);
  drawList();
  find('case').hidden = false;
  find('case-heading').focus();
}

function leave(said = ''): void {
  shown = undefined;
  find('case').hidden = true;
  find('shots').replaceChildren();
  find('earlier-shots').replaceChildren();
  drawList();
  if (said) find('count').textContent = `${said} ${words().count(waiting.length)}`;
}

function drawCase({ id, material, checks, ...facts }: ReviewCase): void {
  const text = words();
  find('trouble').textContent = '';
  find('case-heading').textContent = named(text.documents, material.document);
  const passed = checks.filter(({ outcome }) => outcome === 'passed').length;
  const skipped = material.skipped.map((gesture) => named(text.steps, gesture));
  find('facts').replaceChildren(
    ...[
      [text.profile, facts.purpose[language] ?? facts.purpose.ja ?? ''],
      [text.sent, clock(facts.submittedAt)],
      [text.decideBy, clock(facts.decideBy)],
      [text.checks, text.passed(passed, checks.length)],
      [text.device, facts.crossDevice ? text.yes : text.no],
      [text.retaken, String(material.discarded)],
      [text.recognized, text.shapeOnly],
      [text.skipped, skipped.join(' · ') || text.none],
    ].map(([term = '', value = '']) => {
      const pair = document.createElement('div');
      pair.append(make('dt', term), make('dd', value));
      return pair;
    }),
  );
  const flags = material.flags.map((flag) => make('li', named(text.flags, flag)));
  find('flags').replaceChildren(
    ...(flags.length > 0 ? flags : [make('li', text.noFlags, 'quiet')]),
  );
  const parts = {
    words: text,
    address: (hash: string) => `${REVIEWS}/${id}/images/${hash}`,
    enlarge,
  };
  const items = (counts: boolean) =>
    material.shots.filter((shot) => shot.counts === counts).map((shot) => shotItem(shot, parts));
  find('shots').replaceChildren(...items(true));
  photo.replaceChildren(
    ...material.shots
      .filter(({ counts }) => counts)
      .map(
        ({ step, gesture, image }) => new Option(named(text.steps, gesture ?? step), image.hash),
      ),
  );
  const earlier = items(false);
  find('earlier').hidden = earlier.length === 0;
  find('earlier-shots').replaceChildren(...earlier);
}

/** One field for everything that is to be typed; an age follows from the date of birth. */
function drawClaims({ claims }: ReviewCase): void {
  const text = words();
  const aged = claims.some(({ claim }) => /^age_/.test(claim));
  const fields = (Object.keys(text.claims) as (keyof typeof text.claims)[]).flatMap((claim) => {
    const asked = claims.find((one) => one.claim === claim);
    if (!asked && !(claim === 'birth_date' && aged)) return [];
    const optional = asked?.optional ?? false;
    const label = document.createElement('label');
    label.append(make('span', text.claims[claim] + (optional ? text.optional : '')), field(claim));
    const input = label.querySelector<HTMLInputElement>('[name]');
    if (input) input.required = !optional;
    return [label];
  });
  find('claims').replaceChildren(...fields);
}

function field(claim: string): HTMLElement {
  if (claim === 'sex') {
    const select = document.createElement('select');
    select.name = claim;
    const options = Object.entries(words().sexes);
    select.append(...options.map(([value, label]) => new Option(label, value)));
    return select;
  }
  const input = document.createElement('input');
  input.name = claim;
  input.autocomplete = 'off';
  if (claim === 'birth_date') {
    input.pattern = '\\d{4}-\\d{2}-\\d{2}';
    input.placeholder = 'YYYY-MM-DD';
    input.inputMode = 'numeric';
  }
  return input;
}

function enlarge(picture: ImageBitmap, name: string): void {
  const canvas = find<HTMLCanvasElement>('large-picture');
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.ariaLabel = name;
  canvas.getContext('2d')?.drawImage(picture, 0, 0);
  find('large-heading').textContent = name;
  dialog.showModal();
}

async function decide(decision: object): Promise<void> {
  if (!shown) return;
  try {
    const { status } = await ask<{ status: 'verified' | 'refused' | 'asked' }>(`/${shown.id}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(decision),
    });
    waiting = waiting.filter(({ id }) => id !== shown?.id);
    leave(words().done[status]);
    find('waiting-heading').focus();
  } catch (error) {
    complain(error);
  }
}

function complain(error: unknown): void {
  find('trouble').textContent = words().trouble(error instanceof Error ? error.message : '');
}

find<HTMLFormElement>('approve').addEventListener('submit', (event) => {
  event.preventDefault();
  const typed = [...new FormData(event.target as HTMLFormElement)].filter(([, value]) => value);
  void decide({ decision: 'approve', claims: Object.fromEntries(typed) });
});
find('refuse').addEventListener('submit', (event) => {
  event.preventDefault();
  const [ja, en] = [reasons.ja.value.trim(), reasons.en.value.trim()];
  const reason = { ja, ...(en && { en }) };
  const again = (event.submitter as HTMLButtonElement | null)?.value === 'again';
  void decide(
    again ? { decision: 'ask_again', image: photo.value, reason } : { decision: 'refuse', reason },
  );
});
preset.addEventListener('change', () => {
  const chosen = PRESETS[Number(preset.value)];
  reasons.ja.value = chosen?.ja ?? '';
  reasons.en.value = chosen?.en ?? '';
});

function speak(next: PageLanguage): void {
  language = next;
  translatePage(language, PAGE);
  menu.value = language;
  const options = PRESETS.map((reason, index) => new Option(reason[language], String(index)));
  preset.replaceChildren(new Option(words().presets, ''), ...options);
  drawList();
  if (shown) {
    drawCase(shown);
    drawClaims(shown);
  }
}

menu.addEventListener('change', () => speak(menu.value === 'en' ? 'en' : 'ja'));
speak(language);
await refresh().catch(complain);
setInterval(() => {
  if (!document.hidden) void refresh().catch(() => undefined);
}, EVERY);
