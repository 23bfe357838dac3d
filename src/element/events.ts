/**
 * What the element tells the page: typed events that bubble out of shadow trees and carry nothing
 * about the person. A result's `ref` is worth nothing until the site's server redeems it.
 */
import type { FlowState } from '../session/flow.ts';
import type { MethodId } from '../wire/contract.ts';
import type { Code } from '../wire/error.ts';

const everywhere: EventInit = { bubbles: true, composed: true };

/** The flow has moved. */
export class IdVerifyStateEvent extends Event {
  /** Where the person is now, the same word as `:state()` matches. */
  declare readonly state: FlowState;
  /** The method in hand, where there is one. */
  declare readonly method: MethodId | undefined;

  constructor(state: FlowState, method?: MethodId) {
    super('id-verify-state', everywhere);
    this.state = state;
    this.method = method;
  }
}

/** Evidence is about to leave the device; `preventDefault()` holds it back. */
export class IdVerifyBeforeSubmitEvent extends Event {
  /** The method whose evidence it is. */
  declare readonly method: MethodId;
  /** Size of what would be sent, in bytes. */
  declare readonly byteLength: number;

  constructor(method: MethodId, byteLength: number) {
    super('id-verify-before-submit', { ...everywhere, cancelable: true });
    this.method = method;
    this.byteLength = byteLength;
  }
}

/** The server has spoken. Send `ref` to the site's server, which redeems it. */
export class IdVerifyResultEvent extends Event {
  /** `<session id>.<secret>`, both random. */
  declare readonly ref: string;
  /**
   * `pending`: somebody decides later; `redeem` tells the same until then. `refused`: it is over, and
   * only `redeem` says why.
   */
  declare readonly status: 'verified' | 'pending' | 'refused';
  /** The method in hand, where there is one. */
  declare readonly method: MethodId | undefined;

  constructor(ref: string, status: IdVerifyResultEvent['status'], method: MethodId | undefined) {
    super('id-verify-result', everywhere);
    this.ref = ref;
    this.status = status;
    this.method = method;
  }
}

/** It stopped; the person sees why and what now. */
export class IdVerifyErrorEvent extends Event {
  /** `category` or `category/case`; stable, the categories are listed in SECURITY.md. */
  declare readonly code: Code;
  /** Whether trying again may help. */
  declare readonly retryable: boolean;
  /** For whoever builds the page, in English: what was wrong. */
  declare readonly message: string;

  constructor(code: Code, retryable: boolean, message: string) {
    super('id-verify-error', everywhere);
    this.code = code;
    this.retryable = retryable;
    this.message = message;
  }
}

export interface IdVerifyEventMap {
  'id-verify-state': IdVerifyStateEvent;
  'id-verify-before-submit': IdVerifyBeforeSubmitEvent;
  'id-verify-result': IdVerifyResultEvent;
  'id-verify-error': IdVerifyErrorEvent;
}

declare global {
  // They bubble, so documents and windows hear them too.
  interface GlobalEventHandlersEventMap extends IdVerifyEventMap {}
}
