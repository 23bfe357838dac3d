/** A verifier with the test issuer, and a page that talks to it as the element does. */
import assert from 'node:assert/strict';
import { createTestPki, privateKeyPem, type TestPki } from '../../src/testing/issuer/pki.ts';
import { pem } from '../../src/testing/issuer/x509.ts';
import type { Mode } from '../../src/testing/wallet/modes.ts';
import { createWallet, type Wallet } from '../../src/testing/wallet/wallet.ts';
import {
  createVerifier,
  type LogEvent,
  memoryStore,
  type Profile,
  type Store,
  type Verifier,
  type VerifierOptions,
} from '../../src/verifier/index.ts';
import { fromBase64url, toBase64url } from '../../src/wire/bytes.ts';
import type { CborInput } from '../../src/wire/cbor.ts';
import type {
  ClaimAnswer,
  MethodId,
  OpenAnswer,
  SessionStatus,
  SessionView,
  WalletAnswer,
  WalletProtocol,
} from '../../src/wire/contract.ts';
import { sealEnvelope } from '../../src/wire/envelope.ts';
import { createKey, proveKey, type SessionKey, sign } from '../../src/wire/session-key.ts';
import { sha256 } from '../../src/wire/sha256.ts';

export const ORIGIN = 'http://localhost:8080';
export const SUBJECT = 'member-1';
const TEXT = { ja: 'ご本人の確認のため', en: 'To know you' };

/** One PKI for a whole test file: making one takes longer than a test. */
export const pki: TestPki = createTestPki({
  reader: { organization: 'テスト商店', dnsNames: ['localhost'] },
});

export const identity: Profile = {
  purpose: TEXT,
  claims: {
    name: { purpose: TEXT, retainDays: 30 },
    address: { purpose: TEXT, retainDays: 30 },
    birth_date: { purpose: TEXT, retainDays: 0 },
    portrait: { purpose: TEXT, retainDays: 0, review: true },
  },
  methods: { wallet: { docType: 'org.iso.23220.1.jp.mnc' } },
};

export const adult: Profile = {
  purpose: TEXT,
  claims: { age_over_20: { purpose: TEXT, retainDays: 0, mustBe: true } },
  methods: { wallet: { docType: 'org.iso.23220.1.jp.mnc' } },
};

export const walletOptions = {
  trustAnchors: [
    {
      docType: 'org.iso.23220.1.jp.mnc',
      certificates: [pki.iaca.certificate],
      test: true,
    },
  ],
  readers: [
    {
      certificates: pem('CERTIFICATE', pki.reader.certificate),
      key: privateKeyPem(pki.reader.keys.privateKey),
    },
  ],
} as const;

type Changes = Partial<Omit<VerifierOptions, 'authorize' | 'anonymousUse'>> & {
  readonly authorize?: NonNullable<VerifierOptions['authorize']>;
};

export function options(store: Store, changes: Changes = {}): VerifierOptions {
  return {
    relyingParty: { name: { ja: 'テスト商店', en: 'Test shop' } },
    origins: [ORIGIN],
    authorize: async (request) =>
      request.headers.get('cookie') === 'login=1'
        ? { subject: SUBJECT, profiles: ['identity', 'adult'] }
        : undefined,
    profiles: { identity, adult },
    wallet: walletOptions,
    store,
    ...changes,
  };
}

export interface Site {
  /** Of its pages. */
  readonly origin: string;
  readonly verifier: Verifier;
  readonly store: Store;
  readonly wallet: Wallet;
  readonly log: LogEvent[];
  /** How far the verifier's clock is ahead, in milliseconds. */
  readonly clock: { ahead: number };
  /** Sends a request as a page of the site would. */
  send(path: string, init?: RequestInit & { origin?: string | null }): Promise<Response>;
}

export function site(changes: Changes = {}): Site {
  const log: LogEvent[] = [];
  const store = changes.store ?? memoryStore();
  const clock = { ahead: 0 };
  const made: Site = {
    origin: ORIGIN,
    store,
    log,
    clock,
    wallet: createWallet({ pki, allowUnsigned: true }),
    verifier: createVerifier(
      options(store, {
        now: () => Date.now() + clock.ahead,
        log: (event) => log.push(event),
        ...changes,
      }),
    ),
    send: (path, { origin = ORIGIN, ...init } = {}) => {
      const headers = new Headers(init.headers);
      if (origin !== null) headers.set('origin', origin);
      headers.append('cookie', 'login=1');
      return made.verifier.fetch(
        new Request(`http://localhost:8080/id-verify/${path}`, { ...init, headers }),
      );
    },
  };
  return made;
}

export async function json<T>(response: Response, status = 200): Promise<T> {
  const text = await response.text();
  assert.equal(response.status, status, text);
  return JSON.parse(text);
}

/** Asserts a refusal by status and code. */
export async function refused(response: Response, status: number, code: string): Promise<void> {
  const body: { code?: string; detail?: string } = JSON.parse(await response.text());
  assert.deepEqual([response.status, body.code], [status, code], body.detail);
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
}

export const post = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

export interface EvidenceBody {
  request: string;
  protocol: string;
  data: CborInput;
}

/** The browser's side of one session. */
export class Page {
  readonly site: Site;
  readonly key: SessionKey;
  readonly view: SessionView;
  readonly token: string;
  status: SessionStatus;

  private constructor(site: Site, key: SessionKey, { token, session }: ClaimAnswer) {
    this.site = site;
    this.key = key;
    this.view = session;
    this.token = token;
    this.status = session.status;
  }

  /** Opens and claims. */
  static async open(site: Site, profile = 'identity', methods?: MethodId[]): Promise<Page> {
    const body = { profile, ...(methods && { methods }) };
    const { token } = await json<OpenAnswer>(await site.send('sessions', post(body)), 201);
    return Page.claim(site, token);
  }

  static async claim(site: Site, token: string): Promise<Page> {
    const key = await createKey();
    const id = token.split('.')[0] ?? '';
    const body = await proveKey(key, id, token, site.origin);
    const claimed = await site.send(`sessions/${id}/claim`, post(body, bearer(token)));
    return new Page(site, key, await json<ClaimAnswer>(claimed));
  }

  /** A page that was handed a session, for example on a phone. */
  static of(site: Site, key: SessionKey, answer: ClaimAnswer): Page {
    return new Page(site, key, answer);
  }

  call(path: string, init: RequestInit & { origin?: string | null } = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (!headers.has('authorization')) headers.set('authorization', `Bearer ${this.token}`);
    const below = path === '' ? '' : `/${path}`;
    return this.site.send(`sessions/${this.view.id}${below}`, { ...init, headers });
  }

  async requests(): Promise<WalletAnswer> {
    return json(await this.call('wallet', { method: 'POST' }));
  }

  /** Has the simulated wallet answer one of the requests. */
  async present(
    { id, requests }: WalletAnswer,
    { protocol, mode = 'approve' }: { protocol?: WalletProtocol; mode?: Mode } = {},
  ): Promise<EvidenceBody> {
    const request = requests.find((one) => !protocol || one.protocol === protocol);
    assert.ok(request, `no request for ${protocol}`);
    const credential = await this.site.wallet.answer(request, { origin: ORIGIN, mode });
    return { request: id, protocol: credential.protocol, data: credential.data as CborInput };
  }

  /** Seals a body as the next envelope. */
  seal(body: CborInput, changes: Partial<Parameters<typeof sealEnvelope>[0]> = {}) {
    const { id, challenge, audience, origin } = this.view;
    return sealEnvelope(
      {
        v: 1,
        sid: id,
        challenge: fromBase64url(challenge),
        aud: audience,
        origin,
        method: 'wallet',
        seq: this.status.seq,
        prev: fromBase64url(this.status.prev),
        at: Date.now(),
        widget: 'test',
        body,
        ...changes,
      },
      (data) => sign(this.key, data),
    );
  }

  sendEnvelope(route: 'evidence' | 'confirm', envelope: Uint8Array<ArrayBuffer>) {
    return this.call(route, {
      method: 'POST',
      headers: { 'content-type': 'application/cose' },
      body: envelope,
    });
  }

  /** Sends evidence and follows the status it answers. */
  async evidence<T extends { status: SessionStatus }>(body: EvidenceBody): Promise<T> {
    const answer = await json<T>(await this.sendEnvelope('evidence', await this.seal({ ...body })));
    this.status = answer.status;
    return answer;
  }

  async review(): Promise<{ text: string; hash: Uint8Array }> {
    const response = await this.call('review');
    const text = await response.text();
    assert.equal(response.status, 200, text);
    return { text, hash: await sha256(new TextEncoder().encode(text)) };
  }

  async confirm<T extends { status: SessionStatus }>(disputed?: true): Promise<T> {
    const { hash } = await this.review();
    const body = { reviewHash: hash, ...(disputed && { disputed }) };
    const answer = await json<T>(await this.sendEnvelope('confirm', await this.seal(body)));
    this.status = answer.status;
    return answer;
  }
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

export const randomToken = (id: string): string =>
  `${id}.${toBase64url(crypto.getRandomValues(new Uint8Array(32)))}`;
