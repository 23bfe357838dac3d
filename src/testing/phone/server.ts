/**
 * The simulated JPKI operator over HTTP: an API for the verifier, a page for the person's phone, and
 * the revocation list of its cards. Everything of a real app that needs a phone happens in this
 * process, so its page works in any browser.
 */
import { type Language, languageOf } from '../../methods/handoff/server/page.ts';
import { equalBytes } from '../../wire/bytes.ts';
import * as v from '../../wire/schema.ts';
import { base64url, utf8 } from '../issuer/bytes.ts';
import { randomBytes } from '../issuer/entropy.ts';
import { type CardMaker, createCards, readPin, TEST_PIN } from './card.ts';
import { donePage, endPage, gonePage, signPage } from './pages.ts';
import {
  type EndName,
  isSigning,
  OUTCOMES,
  type OutcomeName,
  orderBody,
  type PhoneSession,
  PhoneSessions,
  random,
  wayBack,
} from './session.ts';
import { createSigner } from './statement.ts';
import { WORDS } from './words.ts';

const API = '/demo/phone/api';
const PAGES = '/demo/phone/s/';

export interface PhoneOptions {
  /** Where phones reach this server, without a slash at the end. */
  readonly origin: string;
  readonly apiKey?: string;
  readonly now?: () => number;
  /**
   * Its page belongs to the browser that opened it first, by a cookie. Default true; false plays an
   * operator that shows the way back to whoever looks.
   */
  readonly bindsBrowser?: boolean;
}

export interface Phone {
  readonly cards: CardMaker;
  readonly apiKey: string;
  readonly clientId: string;
  /** @returns undefined for any other request */
  handle(request: Request): Promise<Response | undefined>;
}

export function createPhone({
  origin,
  apiKey = base64url(randomBytes(24)),
  now = Date.now,
  bindsBrowser = true,
}: PhoneOptions): Phone {
  const cards = createCards(now);
  const clientId = 'demo-site';
  const sessions = new PhoneSessions(now);
  const signer = createSigner(cards, clientId, now);

  async function api(request: Request, path: string): Promise<Response> {
    if (path === '/jwks') return answer(await signer.jwks());
    if (!authorized(request, apiKey)) return answer({ title: 'unauthorized' }, 401);
    const [, collection, id = '', action] = path.split('/');
    if (collection !== 'sessions') return answer({ title: 'no such call' }, 404);
    if (id === '' && request.method === 'POST') return order(request);
    const session = sessions.get(id);
    if (session === undefined) return answer({ title: 'no such session' }, 404);
    if (action === 'finalize' && request.method === 'POST') return finalize(request, session);
    if (request.method === 'DELETE') {
      sessions.delete(id);
      return new Response(null, { status: 204 });
    }
    const { error, phase } = session;
    return answer(error ? { error } : { phase });
  }

  async function order(request: Request): Promise<Response> {
    const body = v.safeParse(orderBody, await request.json().catch(() => undefined));
    if (!body.success) return answer({ title: 'not an order' }, 400);
    const { id, key } = sessions.create(body.output);
    return answer({ session_id: id, url: `${origin}${PAGES}${key}` });
  }

  /** Once, and only for who ordered it. */
  async function finalize(request: Request, session: PhoneSession): Promise<Response> {
    const body: unknown = await request.json().catch(() => undefined);
    const nonce = v.is(v.object({ nonce: v.literal(session.order.nonce) }), body);
    if (!nonce || session.finalized) return answer({ title: 'refused' }, 409);
    if (session.error) return answer({ error: session.error });
    if (session.phase !== 'completed') return answer({ title: 'not yet' }, 409);
    session.finalized = true;
    return answer(await signer.finalize(session));
  }

  async function show(request: Request, key: string): Promise<Response> {
    const language = languageOf(request);
    const session = sessions.byKey(key);
    if (session === undefined) return gonePage(language);
    const fresh = session.browser === undefined;
    if (bindsBrowser) {
      session.browser ??= random();
      const own = fresh || cookieOf(request, session) === session.browser;
      if (!own || session.left) return gonePage(language);
    }
    const response = await screen(request, session, language);
    if (bindsBrowser && fresh) response.headers.append('set-cookie', bindingCookie(session));
    return response;
  }

  async function screen(
    request: Request,
    session: PhoneSession,
    language: Language,
  ): Promise<Response> {
    if (request.method === 'POST') {
      const form = new URLSearchParams((await request.text()).slice(0, 1_000));
      const complaint = act(session, form, WORDS[language]);
      if (complaint !== undefined) return signPage(session, language, complaint);
    }
    if (session.error || session.phase === 'completed') session.left = true;
    if (session.error) return endPage(session, language);
    if (session.hasty) {
      return new Response(null, { status: 303, headers: { location: wayBack(session) } });
    }
    if (session.phase === 'completed') return donePage(session, language);
    session.phase = 'in_app';
    return signPage(session, language);
  }

  return {
    cards,
    apiKey,
    clientId,
    async handle(request) {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith(`${API}/`)) return api(request, pathname.slice(API.length));
      if (pathname.startsWith(PAGES)) return show(request, pathname.slice(PAGES.length));
      if (pathname !== '/demo/phone/jpki.crl') return undefined;
      return new Response(cards.crl(), { headers: { 'content-type': 'application/pkix-crl' } });
    },
  };
}

const cookieName = ({ key }: PhoneSession): string => `phone-${key.slice(0, 8)}`;

const bindingCookie = (session: PhoneSession): string =>
  `${cookieName(session)}=${session.browser}; Path=${PAGES}; HttpOnly; SameSite=Lax`;

function cookieOf(request: Request, session: PhoneSession): string | undefined {
  const name = `${cookieName(session)}=`;
  const pairs = (request.headers.get('cookie') ?? '').split(/;\s*/);
  return pairs.find((pair) => pair.startsWith(name))?.slice(name.length);
}

const isOutcome = (name: string): name is OutcomeName =>
  (OUTCOMES as readonly string[]).includes(name);

/** What the person did. @returns what to complain about on the same page */
function act(
  session: PhoneSession,
  form: URLSearchParams,
  words: (typeof WORDS)['ja'],
): string | undefined {
  if (session.error || session.phase === 'completed') return undefined;
  switch (form.get('action')) {
    case 'decline':
      return end(session, 'declined');
    case 'play':
      return play(session, form.get('outcome') ?? '');
    case 'sign':
      return isSigning(session) ? enter(session, form.get('pin') ?? '', words) : read(session);
  }
  return undefined;
}

function play(session: PhoneSession, outcome: string): undefined {
  if (!isOutcome(outcome)) return;
  switch (outcome) {
    case 'good':
      return read(session);
    case 'skip_states':
      session.hasty = true;
      return read(session);
    case 'overlooks_expired':
    case 'overlooks_revoked':
      session.card = outcome === 'overlooks_expired' ? 'expired' : 'revoked';
      return read(session);
    default:
      return end(session, outcome);
  }
}

function enter(session: PhoneSession, entered: string, words: (typeof WORDS)['ja']) {
  const pin = readPin(entered);
  if (pin === undefined) return words.malformed;
  if (pin === TEST_PIN) return read(session);
  session.triesLeft -= 1;
  return session.triesLeft > 0 ? words.wrong(session.triesLeft) : end(session, 'pin_locked');
}

function end(session: PhoneSession, error: EndName): undefined {
  session.error = error;
}

function read(session: PhoneSession): undefined {
  session.phase = 'completed';
}

function authorized(request: Request, apiKey: string): boolean {
  const given = request.headers.get('authorization') ?? '';
  return equalBytes(utf8(given), utf8(`Bearer ${apiKey}`));
}

const answer = (value: object, status = 200): Response =>
  Response.json(value, { status, headers: { 'cache-control': 'no-store' } });
