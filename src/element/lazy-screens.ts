/**
 * The screens of one element beyond the first, and the messages of all: fetched when they are needed,
 * in the language shown, with what the page replaced.
 */
import type { CSSResult, ReactiveControllerHost } from 'lit';
import { override } from '../i18n/catalog.ts';
import type { Language } from '../i18n/language.ts';
import { ja } from '../screens/first/ja.ts';
import type { laterPanel } from '../screens/later/index.ts';
import {
  type AllMessages,
  type FirstMessages,
  type LaterMessages,
  loadMessages,
  type MessageOverrides,
  type TroubleMessages,
} from '../screens/messages.ts';
import type { troublePanels } from '../screens/trouble/index.ts';
import type { MethodId } from '../wire/contract.ts';

/** Screens as they arrive: code, look and messages. */
interface LazyParts {
  readonly later: {
    readonly panel: typeof laterPanel;
    readonly styles: readonly CSSResult[];
    readonly messages: LaterMessages;
  };
  readonly trouble: {
    readonly panels: typeof troublePanels;
    readonly styles: readonly CSSResult[];
    readonly messages: TroubleMessages;
  };
}
export type LazyPart = keyof LazyParts;

const LOAD: { readonly [P in LazyPart]: (lang: Language) => Promise<LazyParts[P]> } = {
  async later(lang) {
    const [{ laterPanel: panel, styles }, messages] = await Promise.all([
      import('../screens/later/index.ts'),
      loadMessages.later[lang](),
    ]);
    return { panel, styles, messages };
  },
  async trouble(lang) {
    const [{ troublePanels: panels, styles }, messages] = await Promise.all([
      import('../screens/trouble/index.ts'),
      loadMessages.trouble[lang](),
    ]);
    return { panels, styles, messages };
  },
};

export class LazyScreens {
  readonly #host: ReactiveControllerHost;
  #wanted: Language | undefined;
  #lang: Language = 'ja';
  #first: FirstMessages = ja;
  readonly #parts: { [P in LazyPart]?: LazyParts[P] } = {};
  /** Asked for; `missing` where it could not be fetched. */
  readonly #asked = new Map<LazyPart, 'wanted' | 'missing'>();
  #ready = false;
  /** What the page replaced, see `IdVerify.messages`. */
  overrides: MessageOverrides | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** The first messages are here; nothing is said in another language before. */
  get ready(): boolean {
    return this.#ready;
  }
  /** The language shown; another one is shown once all its messages are here. */
  get lang(): Language {
    return this.#lang;
  }
  get messages(): FirstMessages {
    return override(this.#first, this.overrides);
  }
  get later(): { panel: LazyParts['later']['panel']; messages: AllMessages } | undefined {
    const { later } = this.#parts;
    if (!later) return undefined;
    const messages = override({ ...this.#first, ...later.messages }, this.overrides);
    return { panel: later.panel, messages };
  }
  get trouble(): { panels: LazyParts['trouble']['panels']; messages: TroubleMessages } | undefined {
    const { trouble } = this.#parts;
    if (!trouble) return undefined;
    return { panels: trouble.panels, messages: override(trouble.messages, this.overrides) };
  }
  /** The look of all that has arrived. */
  get styles(): readonly CSSResult[] {
    return Object.values(this.#parts).flatMap(({ styles }) => styles);
  }

  /** Whether a part could not be fetched. */
  misses(part: LazyPart): boolean {
    return this.#asked.get(part) === 'missing';
  }

  /** A method's own messages, with what the page replaced. */
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
  load(part: LazyPart): void {
    if (this.#asked.get(part) === 'wanted') return;
    this.#asked.set(part, 'wanted');
    void this.#load(this.#wanted ?? this.#lang);
  }

  async #load(lang: Language): Promise<void> {
    const asked = [...this.#asked.keys()];
    const [first, ...loaded] = await Promise.allSettled([
      loadMessages.first[lang](),
      ...asked.map(async (part) => ({ [part]: await LOAD[part](lang) })),
    ]);
    if (lang !== this.#wanted) return;
    this.#ready = true;
    // Messages that cannot be fetched leave the ones that are there.
    if (first.status === 'fulfilled') {
      this.#first = first.value;
      this.#lang = lang;
    }
    loaded.forEach((part, index) => {
      if (part.status === 'fulfilled') Object.assign(this.#parts, part.value);
      else if (!this.#parts[asked[index] as LazyPart])
        this.#asked.set(asked[index] as LazyPart, 'missing');
    });
    this.#host.requestUpdate();
  }
}
