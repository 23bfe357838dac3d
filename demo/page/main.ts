/** The demo page: puts the element in place, plays its phone, and shows what the server saw. */
import type { IdVerify, IdVerifyResultEvent } from '../../src/index.ts';
import { BROWSER_MODES, isBrowserMode, isMode, MODES } from '../../src/testing/wallet/modes.ts';
import { installWallet, walletAt } from '../../src/testing/wallet/shim.ts';
import { type Inspection, type Seen, showSeen } from './seen.ts';
import { MODE_WORDS, type PageLanguage, translatePage } from './words.ts';

const find = <T extends HTMLElement>(id: string): T => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no #${id}`);
  return element as T;
};
const menus = {
  mode: find<HTMLSelectElement>('mode'),
  person: find<HTMLSelectElement>('person'),
  protocol: find<HTMLSelectElement>('protocol'),
  language: find<HTMLSelectElement>('language'),
};
/** Beside this page, wherever that is. */
const at = (path: string): string => new URL(path, document.baseURI).pathname;
const modeOf = (value: string) => (isMode(value) || isBrowserMode(value) ? value : 'approve');
const place = find('place');
const seenPlace = find('seen');

const address = new URL(location.href);
let language: PageLanguage = address.searchParams.get('lang') === 'en' ? 'en' : 'ja';
let seen: Seen = {};

// A server with a real issuer has no simulated wallet: then the browser's own answers.
const simulated = (await fetch(at('demo/issuer/status'))).ok;
if (simulated) {
  installWallet(
    () => ({
      mode: modeOf(menus.mode.value),
      person: menus.person.value,
      protocol: menus.protocol.value || undefined,
      language,
    }),
    walletAt(at('demo/wallet')),
  );
}
find('wallet').hidden = !simulated;

const scenarios = [...document.querySelectorAll<HTMLInputElement>('input[name=scenario]')];
const scenario = (): string => scenarios.find(({ checked }) => checked)?.value ?? 'identity';

/** The address names scene and language, so that a reload goes on where it was. */
function remember(): void {
  address.searchParams.set('scenario', scenario());
  address.searchParams.set('lang', language);
  const { pathname, search } = address;
  history.replaceState(history.state, '', pathname + search + location.hash);
}

/** A new element for a new scene; what ran before is left and erased. */
function begin(): void {
  place.querySelector('id-verify')?.cancel();
  const element = document.createElement('id-verify');
  element.endpoint = at('id-verify');
  element.profile = scenario();
  element.lang = language;
  element.addEventListener('id-verify-state', () => void look(element));
  element.addEventListener('id-verify-result', (event) => void redeem(element, event));
  find('snippet-profile').textContent = scenario();
  find('to-reviewer').hidden = scenario() !== 'photo' || !simulated;
  seen = {};
  draw();
  place.replaceChildren(element);
  remember();
}

/** What the demo server tells about this session; nothing like it exists in a real service. */
async function look(element: IdVerify, more = 5): Promise<void> {
  const { sessionId, state } = element;
  if (!sessionId || !element.isConnected) return;
  const response = await fetch(at(`demo/inspect/${sessionId}`));
  if (!response.ok || element.sessionId !== sessionId || !element.isConnected) return;
  const inspection = (await response.json()) as Inspection;
  // The request is made a moment after the consent screen stands.
  if (state === 'consent' && inspection.asked.length === 0 && more > 0)
    setTimeout(() => look(element, more - 1), 400);
  const over = state === 'intro' || state === 'consent';
  seen = over ? { inspection } : { ...seen, inspection };
  draw();
}

/** The site's own server redeems; the page only passes the reference on. */
async function redeem(element: IdVerify, { ref }: IdVerifyResultEvent): Promise<void> {
  const response = await fetch(at('demo/redeem'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ref, scenario: element.profile }),
  });
  seen = { ...seen, result: await response.json() };
  draw();
}

const draw = (): void => showSeen(seenPlace, seen, language);

function speak(next: PageLanguage): void {
  language = next;
  translatePage(language);
  menus.language.value = language;
  const words = MODE_WORDS[language];
  const chosen = menus.mode.value || 'approve';
  menus.mode.replaceChildren(
    ...[...MODES, ...BROWSER_MODES].map((mode) => new Option(words[mode], mode)),
  );
  menus.mode.value = chosen;
  const element = place.querySelector('id-verify');
  if (element) {
    element.lang = language;
    remember();
  }
  draw();
}

menus.language.addEventListener('change', () => speak(menus.language.value === 'en' ? 'en' : 'ja'));
// What the browser itself can do is asked once, at the beginning.
let browserMode = false;
menus.mode.addEventListener('change', () => {
  const before = browserMode;
  browserMode = isBrowserMode(menus.mode.value);
  if (before || browserMode) begin();
});
find('again').addEventListener('click', begin);
for (const input of scenarios) {
  input.addEventListener('change', begin);
  if (input.value === address.searchParams.get('scenario')) input.checked = true;
}

await customElements.whenDefined('id-verify');
speak(language);
begin();
