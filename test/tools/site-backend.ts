/**
 * The site's backend of the component tests, in a service worker: the element talks to it by the
 * page's own `fetch`. It answers by the contract, without cryptography, what a test told it to.
 */
import { delay, HttpResponse, http } from 'msw';
import { setupWorker } from 'msw/browser';
import { toBase64url } from '../../src/wire/bytes.ts';
import type { MethodOffer, SessionStatus, SessionView } from '../../src/wire/contract.ts';
import { sessionView } from './stage.ts';

const random = (length: number): string =>
  toBase64url(crypto.getRandomValues(new Uint8Array(length)));

export class SiteBackend {
  /** Method and path of every call, in order. */
  readonly calls: string[] = [];
  /** Where each session stands, once it is claimed. */
  status: Partial<SessionStatus> = {};
  methods: readonly MethodOffer[] = [
    { method: 'wallet' },
    { method: 'jpki', app: { ja: 'マイナポータル' } },
  ];
  view: Partial<SessionView> = {};
  /** Milliseconds before each answer. */
  delayMs = 0;
  /** In the place of every answer. */
  failure: (() => Response) | undefined;

  readonly handlers = [
    http.all('/id-verify/*', async ({ request }) => {
      this.calls.push(`${request.method} ${new URL(request.url).pathname}`);
      await delay(this.delayMs);
      return this.failure?.();
    }),
    http.post('/id-verify/sessions', () => {
      const id = random(16);
      return HttpResponse.json(this.#opening(id, this.#newStatus()));
    }),
    http.post<{ id: string }>('/id-verify/sessions/:id/claim', ({ params }) =>
      HttpResponse.json(this.#opening(params.id, this.#statusNow())),
    ),
    // A service worker of Firefox and WebKit cannot answer bit by bit: the element asks again and again.
    http.get('/id-verify/sessions/:id/events', () => new HttpResponse(null, { status: 501 })),
    http.get('/id-verify/sessions/:id', () => HttpResponse.json({ ...this.#statusNow() })),
    http.delete('/id-verify/sessions/:id', () => new HttpResponse(null, { status: 204 })),
  ];

  #opening(id: string, status: SessionStatus) {
    const { methods, view } = this;
    const { origin } = location;
    const session = { ...sessionView, id, methods, origin, ...view, status };
    return { token: `${id}.${random(32)}`, session };
  }

  #newStatus(): SessionStatus {
    return { ...sessionView.status, now: Date.now(), expiresAt: Date.now() + 600_000 };
  }

  #statusNow(): SessionStatus {
    return { ...this.#newStatus(), ...this.status };
  }
}

/** One worker for a file of tests; each test has a backend that knows nothing of the one before. */
export function useSiteBackend(): () => SiteBackend {
  const worker = setupWorker();
  let backend = new SiteBackend();
  before(() => worker.start({ quiet: true, onUnhandledFrame: 'bypass' }));
  beforeEach(() => {
    backend = new SiteBackend();
    worker.resetHandlers(...backend.handlers);
  });
  after(() => worker.stop());
  return () => backend;
}
