/** A verifier that never says more than a test told it to: the answers of the contract, no crypto. */
import { toBase64url } from '../../src/wire/bytes.ts';
import type { MethodOffer, SessionStatus, SessionView } from '../../src/wire/contract.ts';
import { sessionView } from './stage.ts';

export interface FakeServer {
  /** Method and path of every call, in order. */
  readonly calls: string[];
  /** Where each session stands, once it is claimed. */
  status: Partial<SessionStatus>;
  methods: MethodOffer[];
  view: Partial<SessionView>;
  /** Answers wait for this. */
  gate: Promise<unknown>;
  /** In the place of every answer. */
  failure?: (() => Response | Promise<Response>) | undefined;
  restore(): void;
}

const random = (length: number): string =>
  toBase64url(crypto.getRandomValues(new Uint8Array(length)));

/** Takes the place of the page's `fetch` until restored. */
export function fakeServer(): FakeServer {
  const original = globalThis.fetch;
  const server: FakeServer = {
    calls: [],
    status: {},
    methods: [{ method: 'wallet' }, { method: 'jpki', app: { ja: 'マイナポータル' } }],
    view: {},
    gate: Promise.resolve(),
    restore() {
      globalThis.fetch = original;
    },
  };
  const tokenOf = (id: string) => `${id}.${random(32)}`;
  const session = (id: string, status: SessionStatus): SessionView => ({
    ...sessionView,
    id,
    methods: server.methods,
    origin: location.origin,
    ...server.view,
    status,
  });
  const newStatus = (): SessionStatus => ({
    ...sessionView.status,
    now: Date.now(),
    expiresAt: Date.now() + 600_000,
  });
  const statusNow = (): SessionStatus => ({ ...newStatus(), ...server.status });
  const answer = (method: string, path: string): Response => {
    const id = /sessions\/([^/]+)/.exec(path)?.[1] ?? random(16);
    if (path.endsWith('/sessions'))
      return json({ token: tokenOf(id), session: session(id, newStatus()) });
    if (path.endsWith('/claim'))
      return json({ token: tokenOf(id), session: session(id, statusNow()) });
    if (method === 'DELETE') return new Response(null, { status: 204 });
    return json(statusNow());
  };
  globalThis.fetch = async (input, init) => {
    const { pathname } = new URL(String(input), location.href);
    if (!pathname.startsWith('/id-verify')) return original(input, init);
    const method = init?.method ?? 'GET';
    server.calls.push(`${method} ${pathname}`);
    const { signal } = init ?? {};
    await Promise.race([
      server.gate,
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    ]);
    return server.failure ? server.failure() : answer(method, pathname);
  };
  return server;
}

const json = (body: unknown): Response =>
  new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });
