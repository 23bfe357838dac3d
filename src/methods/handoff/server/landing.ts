/**
 * The page a link leads to, on the phone: who asks, for what, since when, from what kind of device,
 * and three codes of which one is on the first screen. Only the right one leads on to the app.
 */
import { toBase64url } from '../../../wire/bytes.ts';
import { deviceLink, type HandoffCode, link } from '../../../wire/contract.ts';
import { parseAs } from '../../../wire/parse.ts';
import type {
  CallbackCall,
  CallbackRoute,
  CallbackSessions,
  OpenSession,
} from '../../callbacks.ts';
import type { Exchange } from '../../method-verifier.ts';
import type { HandoffDeployment } from './config.ts';
import { bindingCookie, boundValue } from './cookie.ts';
import {
  asOf,
  ENTRANCES,
  type Entrance,
  endedBy,
  type HandoffRecord,
  isFinal,
  isHandoff,
  readRecord,
  writeRecord,
} from './exchange.ts';
import { withdraw } from './follow.ts';
import { askScreen, goScreen, message, openScreen, overScreen } from './landing-screens.ts';
import { type Language, languageOf } from './page.ts';
import { isFresh } from './rotating.ts';
import { hashes, hashText, sessionIn } from './token.ts';
import { handoffCode, pendingOf, withinTimeLimit } from './transaction.ts';

const PATH = 'h/{token}';

export const landingRoutes = (handoff: HandoffDeployment): CallbackRoute[] => [
  {
    operation: 'openHandoff',
    verb: 'GET',
    path: PATH,
    summary: 'The page of a link, on the phone: who asks, and the codes to choose from',
    handle: (call, sessions) => show(handoff, call, sessions),
  },
  {
    operation: 'answerHandoff',
    verb: 'POST',
    path: PATH,
    summary: 'The code chosen on the phone, or the refusal',
    handle: (call, sessions) => answer(handoff, call, sessions),
  },
];

/** One visit of a link that leads somewhere. */
interface Visit {
  readonly handoff: HandoffDeployment;
  readonly sessions: CallbackSessions;
  readonly language: Language;
  readonly open: OpenSession;
  readonly exchange: Exchange;
  readonly record: HandoffRecord;
  readonly entrance: Entrance;
  /** The browser is the one that opened the link. */
  readonly own: boolean;
}

async function visitOf(
  handoff: HandoffDeployment,
  { request, params }: CallbackCall,
  sessions: CallbackSessions,
): Promise<Visit | undefined> {
  const { token = '' } = params;
  const open = await sessions.find(sessionIn(token) ?? '');
  for (const exchange of open?.exchanges.filter(isHandoff) ?? []) {
    const record = asOf(readRecord(exchange), handoff.now());
    for (const entrance of ENTRANCES) {
      if (open && (await hashes(handoff.crypto, token, record.links[entrance]))) {
        const cookie = boundValue(handoff, exchange.id, request) ?? '';
        const own = await hashes(handoff.crypto, cookie, record.browser);
        const language = languageOf(request);
        return { handoff, sessions, language, open, exchange, record, entrance, own };
      }
    }
  }
  return undefined;
}

async function show(
  handoff: HandoffDeployment,
  call: CallbackCall,
  sessions: CallbackSessions,
): Promise<Response> {
  const visit = await visitOf(handoff, call, sessions);
  if (visit === undefined) return message(handoff, languageOf(call.request), 'gone', 404);
  const { record, entrance, own, language } = visit;
  if (isFinal(record) || record.phase !== 'waiting') {
    return own ? screenOf(visit) : closed(visit);
  }
  if (await isStale(visit, call.request)) return message(handoff, language, 'stale', 410);
  if (isPreview(call.request)) return openScreen(visit);
  // A camera's own browser may not say that it navigates; what it scanned was on the screen just now.
  const scanned = record.rotating !== undefined && entrance === 'qr';
  return scanned || isVisit(call.request) ? enter(visit) : openScreen(visit);
}

/** A rotating code that was shown too long ago. */
async function isStale({ handoff, record, entrance }: Visit, { url }: Request): Promise<boolean> {
  if (record.rotating === undefined || entrance !== 'qr') return false;
  const elapsed = handoff.now() - record.startedAt;
  return !(await isFresh(handoff.crypto, record.rotating, new URL(url).searchParams, elapsed));
}

/** A browser fetches in advance, or for a place inside a page, what nobody has opened. */
function isPreview({ headers }: Request): boolean {
  const advance = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) =>
    headers.has(name),
  );
  return advance || (headers.get('sec-fetch-dest') ?? 'document') !== 'document';
}

/** A person's browser going there, and not a messenger that makes a preview of the link. */
const isVisit = ({ headers }: Request): boolean => headers.get('sec-fetch-mode') === 'navigate';

/** The first browser to open it is the one the handoff belongs to. */
async function enter(visit: Visit): Promise<Response> {
  const { handoff, sessions, open, exchange, entrance } = visit;
  const secret = toBase64url(handoff.crypto.randomBytes(32));
  const browser = await hashText(handoff.crypto, secret);
  const updated = await sessions.update(open.session.id, exchange.id, (now) => {
    const record = asOf(readRecord(now), handoff.now());
    return record.phase === 'waiting'
      ? writeRecord({ ...record, phase: 'scanned', opened: entrance, browser })
      : now.data;
  });
  const record = updated && readRecord(updated);
  if (record?.browser !== browser) return closed({ ...visit, record: record ?? visit.record });
  const left = exchange.answerableUntil - handoff.now();
  const response = await askScreen({ ...visit, record });
  response.headers.append('set-cookie', bindingCookie(handoff, exchange.id, secret, left));
  return response;
}

async function answer(
  handoff: HandoffDeployment,
  call: CallbackCall,
  sessions: CallbackSessions,
): Promise<Response> {
  const visit = await visitOf(handoff, call, sessions);
  if (visit === undefined) return message(handoff, languageOf(call.request), 'gone', 404);
  const { form } = call;
  const { record, own } = visit;
  if (form.get('action') === 'open' && record.phase === 'waiting') {
    if (await isStale(visit, call.request)) return message(handoff, visit.language, 'stale', 410);
    return enter(visit);
  }
  if (!own) return closed(visit);
  if (!isFinal(record) && form.get('action') === 'decline') {
    withdraw(handoff, record);
    return end(visit, 'incomplete/declined');
  }
  if (record.phase !== 'scanned') return screenOf(visit);
  if (form.get('code') !== record.code) return end(visit, 'incomplete/wrong_code');
  return proceed(visit);
}

/** The right code: the provider starts its transaction, and the person goes on to the app. */
async function proceed(visit: Visit): Promise<Response> {
  const { handoff, sessions, open, exchange } = visit;
  const sessionId = open.session.id;
  const state = `${sessionId}.${toBase64url(handoff.crypto.randomBytes(32))}`;
  const stateHash = await hashText(handoff.crypto, state);
  const updated = await sessions.update(sessionId, exchange.id, (now) => {
    const record = asOf(readRecord(now), handoff.now());
    return record.phase === 'scanned'
      ? writeRecord({ ...record, phase: 'in_app', state: stateHash })
      : now.data;
  });
  const record = updated && readRecord(updated);
  // A second tap on the same button: the first one is at it.
  if (record?.state !== stateHash) return screenOf({ ...visit, record: record ?? visit.record });
  try {
    const { provider, pending } = await pendingOf(handoff, record);
    const started = await withinTimeLimit((signal) =>
      provider.start({ ...pending, state }, signal),
    );
    const allowed = handoff.environment === 'test' ? deviceLink : link;
    const url = parseAs(allowed, started.url, 'unavailable/provider');
    const going = await sessions.update(sessionId, exchange.id, (now) => {
      const newest = readRecord(now);
      return isFinal(newest)
        ? now.data
        : writeRecord({ ...newest, pending: { url, data: started.data } });
    });
    return screenOf({ ...visit, record: going ? readRecord(going) : record });
  } catch (error) {
    return end(visit, handoffCode(error));
  }
}

async function end(visit: Visit, reason: HandoffCode): Promise<Response> {
  const { handoff, sessions, open, exchange } = visit;
  const ended = await sessions.update(open.session.id, exchange.id, (now) =>
    writeRecord(endedBy(asOf(readRecord(now), handoff.now()), reason)),
  );
  return screenOf({ ...visit, record: ended ? readRecord(ended) : visit.record });
}

/** What the browser that opened the link sees when it looks again. */
function screenOf(visit: Visit): Promise<Response> {
  const { record } = visit;
  if (isFinal(record)) return overScreen(visit);
  if (record.phase === 'waiting') return openScreen(visit);
  return record.phase === 'scanned' ? askScreen(visit) : goScreen(visit);
}

/** What everybody else sees. */
function closed({ handoff, language, record }: Visit): Promise<Response> {
  const over = record.phase === 'expired' || record.phase === 'replaced';
  return message(handoff, language, over ? 'gone' : 'taken', over ? 410 : 409);
}
