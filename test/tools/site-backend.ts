/**
 * The site's backend of the component tests, in a service worker: the element talks to it by the
 * page's own `fetch`. It answers by the contract, without cryptography, what a test told it to.
 */
import { delay, HttpResponse, http } from 'msw';
import type { SetupWorker } from 'msw/browser';
import { noStream, startWorker } from '../../demo/static/worker.ts';
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
    noStream,
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
  let worker: SetupWorker;
  let backend = new SiteBackend();
  before(async () => {
    worker = await startWorker([]);
  });
  beforeEach(() => {
    backend = new SiteBackend();
    worker.resetHandlers(...backend.handlers);
  });
  after(() => worker.stop());
  return () => backend;
}
