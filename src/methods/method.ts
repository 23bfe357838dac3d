/**
 * What a rung of the ladder is to the page. A method is one folder and one line in `index.ts`; its
 * entry is light and comes right behind the first screen, everything heavy with `load()`.
 */
import type { TemplateResult } from 'lit';
import type { SessionClient } from '../backend/session-client.ts';
import type { FailureWords } from '../i18n/glossary.ts';
import type { PanelContent } from '../ui/panel.ts';
import type { PanelView } from '../ui/view.ts';
import type { CborInput } from '../wire/cbor.ts';
import type {
  MethodId,
  MethodOffer,
  Retake,
  SessionStatus,
  SessionView,
  TransferAnswer,
} from '../wire/contract.ts';
import type { Code } from '../wire/error.ts';

/** Whether this browser can go this way at all, found synchronously and without asking anybody. */
export type Availability =
  | { readonly usable: true }
  | { readonly usable: false; readonly code: Code };

export interface MethodEntry {
  readonly id: MethodId;
  /** The icon in the chooser. */
  readonly icon: TemplateResult;
  availability(offer: MethodOffer): Availability;
  load(signal: AbortSignal): Promise<MethodModule>;
}

export interface MethodModule {
  /** Called on entering `consent`; the run lives until `host.signal` aborts. */
  start(host: MethodHost): MethodRun;
}

/** One attempt with one method. */
export interface MethodRun {
  /** What the person sees now; called whenever the host re-renders. */
  render(state: 'consent' | 'awaiting', view: PanelView): PanelContent;
  /**
   * A status from the server's stream, for methods that wait for something elsewhere. Such an attempt
   * is found again after a reload, and then begins with a status in the place of `host.begin`.
   */
  status?(status: SessionStatus): void;
  /** The method's own words for a failure, also after its attempt has ended. */
  explain?(code: Code, view: PanelView): FailureWords | undefined;
}

/** What a method may do. It never touches the flow, the key or the network in any other way. */
export interface MethodHost {
  readonly session: SessionView;
  readonly offer: MethodOffer;
  /** Language of this element, for example `ja`. */
  readonly lang: string;
  readonly client: SessionClient;
  /** Aborts when the attempt ends: cancelled, failed, other method, element removed. */
  readonly signal: AbortSignal;
  /** What `keep` was given last, in this tab or before a reload; where storage is refused, nothing. */
  readonly kept: unknown;
  /** Has something found again after a reload, until the session ends. Nothing about the person. */
  keep(value: unknown): void;
  /** A reviewer asks for one photo again; everything else that was sent stays. */
  readonly retake?: Retake;
  /** Carries on on a phone, in its browser; absent where that is not possible. Ends this attempt. */
  readonly transfer?: () => void;
  /** Asks for a new render after the method's own state changed. */
  update(): void;
  /** From `consent` to `awaiting`; synchronous, so that a tap can call a browser API right after. */
  begin(): void;
  /** Back to `consent` with nothing sent. */
  back(): void;
  /** Seals the body, asks the page (`id-verify-before-submit`), sends it, and moves the flow. */
  submit(body: CborInput): void;
  /**
   * @param error what is no IdVerifyError counts as `unavailable/unknown`
   * @param ended whether the session is over as well; by default for codes of `session`
   */
  fail(error: unknown, ended?: boolean): void;
  /** To the choice of methods. */
  other(): void;
  cancel(): void;
  /** Says something to people who do not look at the screen. */
  announce(message: string): void;
}

/** Moving a session to a phone's browser: both sides of it, loaded when needed. */
export interface TransferModule {
  /**
   * On the page that was there first: shows the way, then follows.
   */
  offer(host: MethodHost, move: TransferCalls): MethodRun;
  /** On the phone, before the session is there: asks for the code, then whether to go on. */
  join(host: JoinHost): MethodRun;
}

export interface TransferCalls {
  /** Lets a phone take over, signed by this page's key; a link given before is worthless then. */
  grant(): Promise<TransferAnswer>;
  /** This page goes on itself; a phone that took over is out. Refused once the phone has sent something. */
  takeBack(): Promise<void>;
}

export interface JoinHost {
  /** Asks for a new render after the run's own state changed. */
  update(): void;
  /** Takes the session over, with the code seen on the first screen. Fails the flow if that fails. */
  claim(code: string): Promise<SessionView>;
  /** Goes on with the session that was claimed. */
  accept(): void;
  /** Leaves; a session that was claimed is cancelled. */
  cancel(): void;
}
