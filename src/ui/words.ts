/** The words of one element: its language, both catalogs as they arrive, what the page replaced. */
import type { ReactiveControllerHost } from 'lit';
import {
  type AllMessages,
  ja,
  type Language,
  loadLaterMessages,
  loadMessages,
  type MessageOverrides,
  type Messages,
  override,
} from '../i18n/catalog.ts';
import type { MethodId } from '../wire/contract.ts';
import type { laterPanels } from './panels/later.ts';

/** The later screens with their words. */
type Later = { readonly panels: typeof laterPanels; readonly messages: AllMessages };

export class Words {
  readonly #host: ReactiveControllerHost;
  #wanted: Language | undefined;
  #lang: Language = 'ja';
  #base: Messages = ja;
  #later: Later | 'missing' | undefined;
  #wantsLater = false;
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
  get later(): Later | 'missing' | undefined {
    const later = this.#later;
    if (later === undefined || later === 'missing') return later;
    return { ...later, messages: override(later.messages, this.overrides) };
  }

  words<T extends object>(method: MethodId, catalogs: Readonly<Record<Language, T>>): T {
    return override(catalogs[this.#lang], this.overrides?.panels?.[method]);
  }

  speak(lang: Language): void {
    if (lang === this.#wanted) return;
    this.#wanted = lang;
    this.#ready ||= lang === 'ja';
    void this.#load(lang);
  }

  /** Fetches the later screens, once they are needed or likely to be; again after a failure. */
  loadLater(): void {
    if (this.#wantsLater && this.#later !== 'missing') return;
    this.#wantsLater = true;
    this.#later = undefined;
    void this.#load(this.#wanted ?? this.#lang);
  }

  async #load(lang: Language): Promise<void> {
    const [base, later] = await Promise.allSettled([
      loadMessages(lang),
      this.#wantsLater ? loadLater(lang) : undefined,
    ]);
    if (lang !== this.#wanted) return;
    this.#ready = true;
    // Words that cannot be fetched leave the ones that are there.
    if (base.status === 'fulfilled') {
      this.#base = base.value;
      this.#lang = lang;
    }
    if (later.status === 'rejected') this.#later ??= 'missing';
    else if (later.value) {
      const { panels, messages } = later.value;
      this.#later = { panels, messages: { ...this.#base, ...messages } };
    }
    this.#host.requestUpdate();
  }
}

async function loadLater(lang: Language) {
  const [{ laterPanels: panels }, messages] = await Promise.all([
    import('./panels/later.ts'),
    loadLaterMessages(lang),
  ]);
  return { panels, messages };
}
