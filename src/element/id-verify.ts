import type { Context, ContextEvent } from '@lit/context';
import { LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { pick } from '../i18n/labels.ts';
import { type Language, supported } from '../i18n/language.ts';
import { firstStyles } from '../screens/first/styles.ts';
import type { MessageOverrides } from '../screens/messages.ts';
import type { ScreenView } from '../screens/screen-view.ts';
import { type Session, type Snapshot, sessionContext } from '../session/api.ts';
import { applies, type Flow, type FlowState, isRefused } from '../session/flow.ts';
import { createSession } from '../session/session.ts';
import { takeTransfer } from '../session/transfer/link.ts';
import { colors } from '../ui/colors.ts';
import type { PanelContent } from '../ui/panel.ts';
import type { IdVerifyError } from '../wire/error.ts';
import type { MethodId } from '../wire/opening.ts';
import { walletPolicy, warn, warnOfLateChanges } from './developer-warnings.ts';
import {
  IdVerifyBeforeSubmitEvent,
  IdVerifyErrorEvent,
  IdVerifyResultEvent,
  IdVerifyStateEvent,
} from './events.ts';
import { FocusTracker } from './focus-tracker.ts';
import { renderFrame } from './frame.ts';
import { elementStyles } from './id-verify.styles.ts';
import { LazyScreens } from './lazy-screens.ts';
import { panelFor } from './panel-for.ts';
import { WaitTimer } from './wait-timer.ts';

/**
 * 本人確認 on a page: opens a session at `endpoint`, leads the person through the methods the
 * server's profile allows, and hands the page a reference that the site's own server redeems.
 *
 * @summary Identity verification with a wallet, the My Number Card, a chip or photos.
 * @tag id-verify
 *
 * @attr endpoint - Base URL of the verifier, absolute or relative to the page.
 * @attr session - One-use token the site's server minted; overrides `profile` and `methods`.
 * @attr profile - The server's profile to open with.
 * @attr methods - Methods to offer, separated by spaces; narrows the profile's, order counts.
 * @attr lang - `ja` or `en`; by default the language of the page around it, or Japanese.
 * @attr theme - `light`, `dark` or `auto` (the person's preference, the default).
 * @attr name - Name of the form value, the result reference.
 * @attr required - The form cannot be sent before there is a result.
 * @attr disabled - It neither opens nor can be used, as in a `<fieldset disabled>`.
 *
 * @fires {IdVerifyStateEvent} id-verify-state - The flow has moved: `state`, `method`.
 * @fires {IdVerifyBeforeSubmitEvent} id-verify-before-submit - Evidence is about to leave; cancelable.
 * @fires {IdVerifyResultEvent} id-verify-result - `ref` for the server to redeem, `status`, `method`.
 * @fires {IdVerifyErrorEvent} id-verify-error - It stopped, or the page's policy keeps the wallet shut: `code`, `retryable`, `message`.
 *
 * @slot mark - The service's logo in the place of its letter.
 * @slot intro - More words on the first screen.
 * @slot help - What to do when no method can be used.
 * @slot failed - More words when it stopped.
 * @slot pending - What follows while somebody looks at it.
 * @slot done - What follows, for example an invitation.
 *
 * @csspart frame - The whole card.
 * @csspart header - Who asks, and the language menu.
 * @csspart mark - The service's letter.
 * @csspart title - The service's name.
 * @csspart language - The language menu.
 * @csspart banner - The notice of a test environment.
 * @csspart rail - The three bars of progress.
 * @csspart panel - One screen.
 * @csspart heading - Its heading.
 * @csspart body - What is between heading and actions.
 * @csspart actions - The buttons.
 * @csspart primary - The one primary button.
 * @csspart secondary - The other button.
 * @csspart links - The quiet links below.
 * @csspart link - One of them.
 * @csspart way - A method's card.
 * @csspart claims - The list of what will be sent.
 * @csspart note - Words set apart.
 * @csspart reason - What the service says of its refusal.
 * @csspart qr - The code for a phone's camera, black on white in every theme.
 * @csspart code - The number that is the same on both screens.
 * @csspart digits - The field for that number on a phone that takes over.
 * @csspart portrait - The portrait that was read.
 * @csspart status - What is announced.
 *
 * @cssprop [--id-verify-color-key=#0017c1] - Buttons, links, what is chosen.
 * @cssprop [--id-verify-color-key-hover=#00118f] - The same under the pointer.
 * @cssprop [--id-verify-color-on-key=#fff] - Words on buttons.
 * @cssprop [--id-verify-color-surface=#fff] - The card.
 * @cssprop [--id-verify-color-text=#1a1a1a] - Words.
 * @cssprop [--id-verify-color-text-quiet=#4d4d4d] - Words beside them.
 * @cssprop [--id-verify-color-line=#ccc] - Lines.
 * @cssprop [--id-verify-color-edge=#767676] - Edges of what can be chosen.
 * @cssprop [--id-verify-color-field=#f2f2f2] - Behind notes.
 * @cssprop [--id-verify-color-selected=#e8f1fe] - Behind what is chosen.
 * @cssprop [--id-verify-color-success=#197a4b] - It matches, it is done.
 * @cssprop [--id-verify-color-success-field=#e6f5ec] - Behind the seal.
 * @cssprop [--id-verify-color-error=#ce0000] - It differs.
 * @cssprop [--id-verify-color-kept=#604b00] - Words on what is kept.
 * @cssprop [--id-verify-color-kept-field=#fbf5e0] - Behind them.
 * @cssprop [--id-verify-color-mark=#0055ad] - Behind the service's letter.
 * @cssprop [--id-verify-radius=0.75em] - Corners.
 * @cssprop [--id-verify-font-family] - Noto Sans JP and what systems have.
 * @cssprop [--id-verify-font-size=medium] - Size all others follow; by default the person's own.
 * @cssprop [--id-verify-max-inline-size=30em] - Greatest width.
 * @cssprop [--id-verify-min-block-size=34em] - Least height, so that screens do not jump.
 *
 * @cssstate idle - Not opened yet.
 * @cssstate preparing - Opening, or getting the next step ready.
 * @cssstate intro - The first screen.
 * @cssstate choose - Choosing a method.
 * @cssstate consent - What will be sent, before it is.
 * @cssstate awaiting - The wallet, the app or the camera has its turn.
 * @cssstate submitting - Evidence is on its way.
 * @cssstate review - What was read, to be confirmed.
 * @cssstate confirming - The confirmation is on its way.
 * @cssstate pending - Somebody looks at it.
 * @cssstate done - Verified.
 * @cssstate failed - It stopped, with a way on.
 * @cssstate cancelled - The person left.
 * @cssstate expired - It took too long.
 */
export class IdVerify extends LitElement {
  static readonly formAssociated = true;
  static override styles = [colors, elementStyles, firstStyles];
  static override properties = {
    endpoint: {},
    session: {},
    profile: {},
    methods: {},
    lang: { reflect: true },
    theme: { reflect: true },
    name: { reflect: true },
    required: { type: Boolean, reflect: true },
    disabled: { type: Boolean, reflect: true },
    messages: { attribute: false },
  };

  declare endpoint: string;
  declare session: string | undefined;
  declare profile: string | undefined;
  declare lang: string;
  declare theme: 'light' | 'dark' | 'auto' | undefined;
  declare name: string | undefined;
  declare required: boolean;
  declare disabled: boolean;
  /** Texts of this element in the place of ours, in the tree of the catalogs. */
  declare messages: MessageOverrides | undefined;

  #methods: readonly MethodId[] | undefined;
  readonly #internals = this.attachInternals();
  readonly #screens = new LazyScreens(this);
  readonly #waitTimer = new WaitTimer(this);
  readonly #focusTracker = new FocusTracker(this);
  #session?: Session;
  /** From another page's address; good for one opening. */
  #transfer: string | undefined;
  #seen?: IntersectionObserver;
  #flow: Flow = { state: 'idle' };
  #panel?: PanelContent;
  /** The screen has changed with this update. */
  #turned = false;
  #announcement: Snapshot['announcement'];
  #said = '';
  #notice = '';
  /** By its own attribute, or by a fieldset around it. */
  #closed = false;
  /** What the page says is wrong with it, for the form. */
  #customError = '';
  #toldOfPolicy = false;

  constructor() {
    super();
    this.endpoint = '/id-verify';
    this.required = false;
    this.disabled = false;
    // A form that cannot be sent leads here, which takes something that can have focus.
    this.addEventListener('invalid', () => {
      if (!this.hasAttribute('tabindex')) this.tabIndex = -1;
    });
    // The session is the same for life, so answering the request is all that providing it takes.
    this.addEventListener('context-request', (event) => this.#provide(event));
  }

  /**
   * Set to a list, or to the attribute's words, which frameworks that prefer properties do. A word
   * that is no method is refused by the server, so that a slip never widens what is offered.
   */
  get methods(): readonly MethodId[] | undefined {
    return this.#methods;
  }
  set methods(list: readonly MethodId[] | string | null | undefined) {
    const named = typeof list === 'string' ? list.split(/[\s,]+/).filter(Boolean) : list;
    this.#methods = (named ?? undefined) as readonly MethodId[] | undefined;
  }
  /** Where the person is, the same word as `:state()` matches. */
  get state(): FlowState {
    return this.#flow.state;
  }
  /** The result reference, once there is one; the empty string before. */
  get value(): string {
    const { state } = this.#flow;
    const ref = state === 'done' || state === 'pending' ? this.#session?.snapshot.status?.ref : '';
    return ref ?? '';
  }
  /** Why it stopped, for whoever listens later than it happened; undefined while it has not. */
  get error(): IdVerifyError | undefined {
    return this.#flow.state === 'failed' ? this.#flow.error : undefined;
  }
  /** The session's public id, for example to find it in the server's log; not a secret. */
  get sessionId(): string | undefined {
    return this.#session?.snapshot.session?.id;
  }
  /** The element's name, as a form's own controls say their kind. */
  get type(): string {
    return this.localName;
  }
  get labels(): NodeList {
    return this.#internals.labels;
  }
  get form(): HTMLFormElement | null {
    return this.#internals.form;
  }
  get validity(): ValidityState {
    return this.#internals.validity;
  }
  get validationMessage(): string {
    return this.#internals.validationMessage;
  }
  get willValidate(): boolean {
    return this.#internals.willValidate;
  }

  /** Opens the session, or begins anew after an end. Without it the element opens when first seen. */
  start(): void {
    const session = this.#own();
    if (applies(this.#flow, { type: 'open' })) session.open();
    else session.restart();
  }

  /** Leaves; the server erases what it has. */
  cancel(): void {
    this.#session?.cancel();
  }

  checkValidity(): boolean {
    return this.#internals.checkValidity();
  }
  reportValidity(): boolean {
    return this.#internals.reportValidity();
  }

  /** @param message what is wrong in the page's eyes; the empty string takes it back */
  setCustomValidity(message: string): void {
    this.#customError = message;
    this.#validate();
  }

  override connectedCallback(): void {
    this.#transfer ??= takeTransfer();
    super.connectedCallback();
    this.#validate();
    if (this.#flow.state === 'idle') this.#openWhenSeen();
    else this.#session?.resume();
  }

  /** Moved by `moveBefore()`, where nothing is torn down. */
  connectedMoveCallback(): void {}

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#seen?.disconnect();
    this.#session?.suspend();
  }

  formDisabledCallback(disabled: boolean): void {
    this.#closed = disabled;
    this.#internals.ariaDisabled = disabled ? 'true' : null;
    if (this.isConnected && this.#flow.state === 'idle') this.#openWhenSeen();
    this.requestUpdate();
  }

  formResetCallback(): void {
    if (this.#flow.state === 'done') this.#session?.restart();
    else this.cancel();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (applies(this.#flow, { type: 'cancel' })) warnOfLateChanges([...changed.keys()]);
    if (changed.has('messages')) this.#screens.overrides = this.messages;
    if (changed.has('lang') || !this.hasUpdated) this.#speak(languageOf(this));
    const before = this.#panel;
    const panel = panelFor(this.#view(), this.#screens);
    this.#panel = panel;
    this.#waitTimer.watch(panel.waits ? panel.key : undefined);
    if (before && before.key !== panel.key) {
      this.#notice = '';
      this.#said = this.#focusTracker.here ? '' : panel.heading;
    } else if (before?.said !== panel.said) {
      this.#said = panel.said ?? '';
    }
    this.#adopt(panel);
    this.#turned = before !== undefined && before.key !== panel.key;
  }

  protected override render(): TemplateResult {
    return renderFrame(this.#view(), {
      panel: this.#panel ?? panelFor(this.#view(), this.#screens),
      said: this.#said,
      notice: this.#notice,
      choose: (lang) => this.#speak(lang),
    });
  }

  protected override updated(): void {
    this.#validate();
    if (!this.#turned || !this.#focusTracker.here) return;
    this.renderRoot.querySelector('h2')?.focus();
  }

  /** A policy that keeps the wallet shut is for whoever built the page to mend. */
  #tellOfPolicy(snapshot: Snapshot): void {
    const shut = this.#toldOfPolicy ? undefined : walletPolicy(snapshot);
    if (!shut) return;
    this.#toldOfPolicy = true;
    warn(shut.message);
    this.dispatchEvent(new IdVerifyErrorEvent(shut.code, true, shut.message));
  }

  #own(): Session {
    if (this.#session) return this.#session;
    const session = createSession({
      opening: () => {
        const transfer = this.#transfer;
        this.#transfer = undefined;
        return {
          endpoint: this.endpoint,
          ...(this.profile && { profile: this.profile }),
          ...(this.methods?.length && { methods: this.methods }),
          ...(this.session && { token: this.session }),
          ...(transfer && { transfer }),
        };
      },
      entries: async () => (await loadMethods()).methodEntries,
      loadTransfer: async () => (await loadMethods()).loadTransfer(),
      lang: this.#screens.lang,
      beforeSubmit: (method, byteLength) =>
        this.dispatchEvent(new IdVerifyBeforeSubmitEvent(method, byteLength)),
    });
    session.subscribe(() => this.#follow(session));
    this.#session = session;
    return session;
  }

  #provide(event: ContextEvent<Context<unknown, unknown>>): void {
    if (event.context !== sessionContext) return;
    event.stopPropagation();
    event.callback(this.#own());
  }

  /** Tells the page what has changed, once each, and draws it. */
  #follow(session: Session): void {
    const { flow, status, announcement, session: opened } = session.snapshot;
    // The first screen stands; what follows it is fetched behind it.
    if (opened) this.#screens.load('later');
    this.#tellOfPolicy(session.snapshot);
    const before = this.#flow;
    if (announcement && announcement !== this.#announcement) this.#said = announcement.text;
    this.#announcement = announcement;
    this.#flow = flow;
    this.requestUpdate();
    if (flow === before) return;
    this.#waitTimer.reset();
    this.#tellState(before, flow);
    this.#internals.setFormValue(this.value || null);
    this.#validate();
    if (flow.state === 'failed' && isRefused(flow)) {
      if (status?.ref) {
        this.dispatchEvent(new IdVerifyResultEvent(status.ref, 'refused', flow.method));
      }
    } else if (flow.state === 'failed') {
      const retryable = applies(flow, { type: 'retry' });
      const { code, message } = flow.error;
      this.dispatchEvent(new IdVerifyErrorEvent(code, retryable, message));
    }
    if ((flow.state === 'done' || flow.state === 'pending') && status?.ref) {
      const outcome = flow.state === 'done' ? 'verified' : 'pending';
      this.dispatchEvent(new IdVerifyResultEvent(status.ref, outcome, flow.method));
    }
  }

  #tellState(before: Flow, { state, ...flow }: Flow): void {
    const method = 'method' in flow ? flow.method : undefined;
    if (before.state === state && ('method' in before ? before.method : undefined) === method)
      return;
    // Engines without custom states, or with their older form, go without.
    try {
      this.#internals.states.delete(before.state);
      this.#internals.states.add(state);
    } catch {}
    this.dispatchEvent(new IdVerifyStateEvent(state, method));
  }

  #openWhenSeen(): void {
    this.#seen?.disconnect();
    if (this.#closed) return;
    if (this.#transfer) {
      // Somebody came for this, and the token does not wait.
      this.start();
      // With its height: a page that grows below the upper edge is scrolled on by the browser.
      void this.updateComplete.then(() => this.scrollIntoView());
      return;
    }
    this.#seen = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      this.#seen?.disconnect();
      if (this.#flow.state === 'idle') this.start();
    });
    this.#seen.observe(this);
  }

  #view(): ScreenView {
    const session = this.#own();
    const { snapshot } = session;
    const { lang, messages } = this.#screens;
    const party = snapshot.session?.relyingParty;
    return {
      lang,
      messages,
      words: (method, catalog) => this.#screens.words(method, catalog),
      snapshot,
      session,
      service: party ? pick(party.name, lang) : messages.unnamed,
      waitStage: this.#waitTimer.stage,
      disabled: this.#closed,
      announce: (text) => {
        this.#notice = text;
        this.requestUpdate();
      },
    };
  }

  #speak(lang: Language): void {
    this.#screens.speak(lang);
    this.#session?.setLang(lang);
  }

  #adopt({ styles = [] }: PanelContent): void {
    const root = this.renderRoot as ShadowRoot;
    const adopted = new Set(root.adoptedStyleSheets);
    for (const { styleSheet } of [...this.#screens.styles, ...styles])
      if (styleSheet) adopted.add(styleSheet);
    if (adopted.size > root.adoptedStyleSheets.length) root.adoptedStyleSheets = [...adopted];
  }

  #validate(): void {
    const valueMissing = this.required && !this.value;
    const customError = this.#customError !== '';
    const message = this.#customError || this.#screens.messages.valueMissing;
    const anchor = this.renderRoot?.querySelector<HTMLElement>('.frame') ?? undefined;
    this.#internals.setValidity({ valueMissing, customError }, message, anchor);
  }
}

const loadMethods = () => import('../methods/index.ts');

/** The element's own language, or that of the page around it, if we speak it. */
function languageOf({ lang, parentElement }: HTMLElement): Language {
  // The property, because its attribute follows later.
  return supported(lang || parentElement?.closest('[lang]')?.getAttribute('lang')) ?? 'ja';
}

declare global {
  interface HTMLElementTagNameMap {
    'id-verify': IdVerify;
  }
}
