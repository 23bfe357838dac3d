import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Session, Snapshot } from './api.ts';

/** Re-renders its host after every change of a session, as long as the host is connected. */
export class SessionController implements ReactiveController {
  readonly session: Session;
  readonly #host: ReactiveControllerHost;
  #unsubscribe: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, session: Session) {
    this.#host = host;
    this.session = session;
    host.addController(this);
  }

  get snapshot(): Snapshot {
    return this.session.snapshot;
  }

  hostConnected(): void {
    this.#unsubscribe ??= this.session.subscribe(() => this.#host.requestUpdate());
  }

  hostDisconnected(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }
}
