/** A backend small enough to read, that answers by the contract and can be told to misbehave. */
import { toBase64url, utf8 } from '../wire/bytes.ts';
import {
  type ClaimBody,
  claimProofInput,
  type SessionState,
  type SessionStatus,
  type SessionView,
} from '../wire/contract.ts';
import { type Envelope, envelopeHash, parseEnvelope } from '../wire/envelope.ts';

const sha256 = async (data: Uint8Array<ArrayBuffer>): Promise<string> =>
  toBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', data)));

const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

export const problem = (code: string, status: number): Response =>
  new Response(JSON.stringify({ title: 'refused', status, code }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });

const ES256 = { name: 'ECDSA', hash: 'SHA-256' };
const token = (id: string, letter: string): string => `${id}.${letter.repeat(43)}`;

/** Stands in for a call: an answer of its own, or `undefined` to let the backend answer. */
type Fault = (attempt: number) => Response | Promise<Response> | undefined;

export class Backend {
  readonly id = toBase64url(crypto.getRandomValues(new Uint8Array(16)));
  readonly challenge = toBase64url(crypto.getRandomValues(new Uint8Array(32)));
  /** `POST sessions`, `GET review` … in the order they came. */
  readonly calls: string[] = [];
  readonly bodies: { readonly call: string; readonly bytes: string }[] = [];
  readonly envelopes: Envelope[] = [];
  /** Faults by call; see `calls` for the names. */
  readonly faults: Record<string, Fault> = {};
  view: Partial<SessionView> = {};
  status: Partial<SessionStatus> = {};
  state: SessionState = 'awaiting';
  /** What becomes of evidence, and of a confirmation. */
  verdict: 'review' | 'pending' | 'refused' = 'review';
  code?: string;
  version = 0;
  seq = 0;
  prev = this.challenge;
  /** The server's clock. */
  now = (): number => Date.now();
  lifetime = 600_000;
  hideAfter = 300_000;
  #key: CryptoKey | undefined;
  readonly #expiresAt = (): number => this.#opened + this.lifetime;
  #opened = 0;

  readonly fetch: typeof fetch = async (input, init = {}) => {
    const { pathname } = new URL(String(input));
    const [, , path = ''] = /sessions(\/[^/]+)?\/?(.*)$/.exec(pathname) ?? [];
    const verb = init.method ?? 'GET';
    const call = pathname.endsWith('/sessions') ? 'open' : `${verb} ${path || 'status'}`;
    init.signal?.throwIfAborted();
    this.calls.push(call);
    const attempt = this.calls.filter((other) => other === call).length;
    const bytes = init.body instanceof Uint8Array ? toBase64url(init.body) : String(init.body);
    this.bodies.push({ call, bytes });
    const done = await this.#answer(call, init);
    return (await this.faults[call]?.(attempt)) ?? done();
  };

  currentStatus(): SessionStatus {
    if (this.now() >= this.#expiresAt()) this.state = 'expired';
    return {
      state: this.state,
      version: this.version,
      now: this.now(),
      expiresAt: this.#expiresAt(),
      attemptsLeft: 5,
      seq: this.seq,
      prev: this.prev,
      ...(!['awaiting', 'expired'].includes(this.state) && { method: 'wallet' }),
      ...(['pending', 'done'].includes(this.state) && { ref: token(this.id, 'r') }),
      ...this.status,
    };
  }

  move(state: SessionState): void {
    this.state = state;
    this.version++;
  }

  /** What was asked for is done, whether or not its answer then arrives. */
  async #answer(call: string, init: RequestInit): Promise<() => Response> {
    switch (call) {
      case 'open':
        this.#opened = this.now();
        return () => json({ token: token(this.id, 'o'), session: this.currentView() }, 201);
      case 'POST claim':
        await this.#claim(JSON.parse(String(init.body)));
        return () => json({ token: token(this.id, 's'), session: this.currentView() });
      case 'GET status':
        return () => json(this.currentStatus());
      case 'GET events':
        return () => new Response(null, { status: 501 });
      case 'GET review':
        return () => json(this.review());
      case 'POST evidence':
        if (await this.#receive(init.body)) {
          this.move(this.verdict === 'refused' ? 'awaiting' : this.verdict);
        }
        return () => json(this.#verdict());
      case 'POST confirm': {
        const fresh = await this.#receive(init.body);
        const { body } = this.envelopes.at(-1)?.payload ?? {};
        const disputed = body instanceof Map && body.get('disputed') === true;
        if (fresh) this.move(disputed ? 'awaiting' : 'done');
        const outcome = disputed ? 'disputed' : 'verified';
        return () => json({ outcome, status: this.currentStatus() });
      }
      case 'DELETE status':
        this.move('cancelled');
        return () => new Response(null, { status: 204 });
      default:
        return () => problem('session/unknown', 404);
    }
  }

  currentView(): SessionView {
    return {
      id: this.id,
      status: this.currentStatus(),
      challenge: this.challenge,
      audience: 'https://rp.example',
      origin: location.origin,
      profile: 'identity',
      environment: 'test',
      relyingParty: { name: { ja: 'テスト銀行' } },
      purpose: { ja: '口座の開設' },
      claims: [{ claim: 'name', purpose: { ja: '確認' }, retainDays: 0 }],
      methods: [{ method: 'wallet' }],
      ...this.view,
    };
  }

  review() {
    return {
      method: 'wallet',
      hideAt: this.now() + this.hideAfter,
      items: [{ kind: 'text', claim: 'name', value: '見本 花子' }],
    };
  }

  #verdict() {
    const { code } = this;
    return {
      outcome: this.verdict,
      checks: [],
      ...(code && { code }),
      status: this.currentStatus(),
    };
  }

  async #claim({ publicKey, proof }: ClaimBody): Promise<void> {
    const opening = token(this.id, 'o');
    const minted = token(this.id, 'm');
    this.#key = await crypto.subtle.importKey(
      'jwk',
      publicKey,
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['verify'],
    );
    const signature = Uint8Array.from(atob(proof.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
      c.charCodeAt(0),
    );
    const proofs = await Promise.all(
      [opening, minted].map(async (one) => {
        const hash = await sha256(utf8(one));
        const input = claimProofInput(this.id, hash, location.origin, publicKey);
        return crypto.subtle.verify(ES256, this.#key as CryptoKey, signature, input);
      }),
    );
    if (!proofs.some(Boolean)) throw new Error('the proof of possession is wrong');
    if (this.#opened === 0) this.#opened = this.now();
    this.version++;
  }

  /** Checks signature and place; false for bytes that were received before. */
  async #receive(body: unknown): Promise<boolean> {
    const bytes = new Uint8Array(body as Uint8Array<ArrayBuffer>);
    const hash = toBase64url(await envelopeHash(bytes));
    if (hash === this.prev) return false;
    const envelope = parseEnvelope(bytes);
    const { payload, toBeSigned, signature } = envelope;
    const key = this.#key as CryptoKey;
    const { sid, seq, prev } = payload;
    const signed = await crypto.subtle.verify(ES256, key, new Uint8Array(signature), toBeSigned);
    if (!signed || sid !== this.id || seq !== this.seq || toBase64url(prev) !== this.prev) {
      throw new Error('an envelope out of place');
    }
    this.envelopes.push(envelope);
    this.seq++;
    this.prev = hash;
    return true;
  }
}
