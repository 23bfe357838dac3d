/** The words of one element: its language, both catalogs as they arrive, what the page replaced. */
import type { ReactiveControllerHost } from 'lit';
import {
  type AllMessages,
  ja,
  type Language,
  type LaterMessages,
  loadLaterMessages,
  loadMessages,
  loadTroubleMessages,
  type MessageOverrides,
  type Messages,
  override,
  type TroubleMessages,
} from '../i18n/catalog.ts';
import type { laterPanel } from '../screens/later/later.ts';
import type { troublePanels } from '../screens/trouble/trouble.ts';
import type { MethodId } from '../wire/contract.ts';

/** Screens with their words, loaded when they are needed. */
interface Acts {
  readonly later: { readonly panel: typeof laterPanel; readonly messages: LaterMessages };
  readonly trouble: { readonly panels: typeof troublePanels; readonly messages: TroubleMessages };
}
type Act = keyof Acts;

const LOAD: { readonly [A in Act]: (lang: Language) => Promise<Acts[A]> } = {
  async later(lang) {
    const [{ laterPanel: panel }, messages] = await Promise.all([
      import('../screens/later/later.ts'),
      loadLaterMessages[lang](),
    ]);
    return { panel, messages };
  },
  async trouble(lang) {
    const [{ troublePanels: panels }, messages] = await Promise.all([
      import('../screens/trouble/trouble.ts'),
      loadTroubleMessages[lang](),
    ]);
    return { panels, messages };
  },
};

export class Words {
  readonly #host: ReactiveControllerHost;
  #wanted: Language | undefined;
  #lang: Language = 'ja';
  #base: Messages = ja;
  readonly #acts: { [A in Act]?: Acts[A] } = {};
  /** Asked for; `missing` where it could not be fetched. */
  readonly #asked = new Map<Act, 'wanted' | 'missing'>();
  #ready = false;
  /** What the page replaced, see `IdVerify.messages`. */
  overrides: MessageOverrides | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** The first words are here; nothing is said in another language before. */
  get ready(): boolean {
    return this.#ready;
  }
  /** The language shown; another one is shown once all its words are here. */
  get lang(): Language {
    return this.#lang;
  }
  get messages(): Messages {
    return override(this.#base, this.overrides);
  }
  get later(): { panel: Acts['later']['panel']; messages: AllMessages } | undefined {
    const { later } = this.#acts;
    if (!later) return undefined;
    const messages = override({ ...this.#base, ...later.messages }, this.overrides);
    return { panel: later.panel, messages };
  }
  get trouble(): { panels: Acts['trouble']['panels']; messages: TroubleMessages } | undefined {
    const { trouble } = this.#acts;
    if (!trouble) return undefined;
    return { panels: trouble.panels, messages: override(trouble.messages, this.overrides) };
  }

  /** Whether an act could not be fetched. */
  misses(act: Act): boolean {
    return this.#asked.get(act) === 'missing';
  }

  words<T extends object>(method: MethodId, catalog: T): T {
    return override(catalog, this.overrides?.panels?.[method]);
  }

  speak(lang: Language): void {
    if (lang === this.#wanted) return;
    this.#wanted = lang;
    this.#ready ||= lang === 'ja';
    void this.#load(lang);
  }

  /** Fetches screens, once they are needed or likely to be; again after a failure. */
  load(act: Act): void {
    if (this.#asked.get(act) === 'wanted') return;
    this.#asked.set(act, 'wanted');
    void this.#load(this.#wanted ?? this.#lang);
  }

  async #load(lang: Language): Promise<void> {
    const acts = [...this.#asked.keys()];
    const [base, ...loaded] = await Promise.allSettled([
      loadMessages[lang](),
      ...acts.map(async (act) => ({ [act]: await LOAD[act](lang) })),
    ]);
    if (lang !== this.#wanted) return;
    this.#ready = true;
    // Words that cannot be fetched leave the ones that are there.
    if (base.status === 'fulfilled') {
      this.#base = base.value;
      this.#lang = lang;
    }
    loaded.forEach((act, index) => {
      if (act.status === 'fulfilled') Object.assign(this.#acts, act.value);
      else if (!this.#acts[acts[index] as Act]) this.#asked.set(acts[index] as Act, 'missing');
    });
    this.#host.requestUpdate();
  }
}
