/**
 * What a rung of the ladder is to the page. A method is one folder and one line in `index.ts`; its
 * entry is light and part of the first screen, everything heavy comes with `load()`.
 */
import type { TemplateResult } from 'lit';
import type { SessionClient } from '../backend/session-client.ts';
import type { PanelContent } from '../ui/panel.ts';
import type { PanelView } from '../ui/view.ts';
import type { CborInput } from '../wire/cbor.ts';
import type { MethodId, MethodOffer, SessionStatus, SessionView } from '../wire/contract.ts';
import type { Code, IdVerifyError } from '../wire/error.ts';

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
  /** A status from the server's stream, for methods that wait for something elsewhere. */
  status?(status: SessionStatus): void;
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
  /** Asks for a new render after the method's own state changed. */
  update(): void;
  /** From `consent` to `awaiting`; synchronous, so that a tap can call a browser API right after. */
  begin(): void;
  /** Back to `consent` with nothing sent. */
  back(): void;
  /** Seals the body, asks the page (`id-verify-before-submit`), sends it, and moves the flow. */
  submit(body: CborInput): void;
  fail(error: IdVerifyError): void;
  /** To the choice of methods. */
  other(): void;
  cancel(): void;
  /** Says something to people who do not look at the screen. */
  announce(message: string): void;
}
