/**
 * The way back from the provider, a top-level navigation. Its `state` names the session and the
 * handoff, the cookie proves the browser, and it is taken once.
 */
import type { HandoffCode } from '../../../wire/contract.ts';
import type {
  CallbackCall,
  CallbackRoute,
  CallbackSessions,
  OpenSession,
} from '../../callbacks.ts';
import type { Exchange } from '../../method-verifier.ts';
import { change, collect, end, isStranded, type Return, take } from './collect.ts';
import type { HandoffDeployment } from './config.ts';
import { boundValue } from './cookie.ts';
import { asOf, isFinal, isHandoff, readRecord } from './exchange.ts';
import { message, overScreen } from './landing-screens.ts';
import { type Language, languageOf } from './page.ts';
import { hashes, sessionIn } from './token.ts';

export const callbackRoute = (handoff: HandoffDeployment): CallbackRoute => ({
  operation: 'returnFromProvider',
  verb: 'GET',
  path: 'handoff/callback/{provider}',
  summary: "A person's browser comes back from the operator of the app",
  handle: (call, sessions) => handle(handoff, call, sessions),
});

async function handle(
  handoff: HandoffDeployment,
  call: CallbackCall,
  sessions: CallbackSessions,
): Promise<Response> {
  const { request, params } = call;
  const language = languageOf(request);
  const url = new URL(request.url);
  const state = url.searchParams.get('state') ?? '';
  const open = await sessions.find(sessionIn(state) ?? '');
  if (open === undefined) return message(handoff, language, 'refused', 400);
  const exchange = await namedBy(handoff, open, state, params.provider);
  const newest = open.exchanges.findLast(isHandoff);
  if (exchange === undefined) {
    const back = newest && { handoff, sessions, open, exchange: newest };
    // The session's id is no secret: only the browser that has the handoff may trouble its page.
    if (back && (await isOwn(back, request))) await notice(back, 'session/callback_state');
    return message(handoff, language, 'refused', 400);
  }
  const back = { handoff, sessions, open, exchange };
  const own = await isOwn(back, request);
  const refusal = refusalOf(back, own);
  if (refusal === 'session/callback_browser') {
    await end(back, refusal);
    return message(handoff, language, 'refused', 403);
  }
  if (refusal === undefined && (await take(back, url.search))) {
    return over(back, language, await collect(back, url));
  }
  const told = await notice(back, refusal ?? 'session/callback_used');
  if (refusal === 'session/callback_expired') return over(back, language, told);
  // The same browser again, as when a phone opens its tabs anew: what it came to is no secret from it.
  return own ? over(back, language, told, 409) : message(handoff, language, 'refused', 409);
}

const over = (
  { handoff, open, exchange }: Return,
  language: Language,
  record = readRecord(exchange),
  status?: number,
): Promise<Response> => overScreen({ handoff, open, language, record }, status);

/** The handoff whose callback carries this state. */
async function namedBy(
  { crypto }: HandoffDeployment,
  { exchanges }: OpenSession,
  state: string,
  provider: string | undefined,
): Promise<Exchange | undefined> {
  for (const exchange of exchanges.filter(isHandoff)) {
    const record = readRecord(exchange);
    if (record.provider === provider && (await hashes(crypto, state, record.state))) {
      return exchange;
    }
  }
  return undefined;
}

/** Whether it is the browser that opened the link. */
const isOwn = ({ handoff, exchange }: Return, request: Request): Promise<boolean> =>
  hashes(
    handoff.crypto,
    boundValue(handoff, exchange.id, request) ?? '',
    readRecord(exchange).browser,
  );

function refusalOf({ handoff, exchange }: Return, own: boolean): HandoffCode | undefined {
  const record = asOf(readRecord(exchange), handoff.now());
  if (record.returned && !isStranded(record, handoff.now())) return 'session/callback_used';
  if (!own) return 'session/callback_browser';
  return isFinal(record) ? 'session/callback_expired' : undefined;
}

/** Tells the waiting page, and changes nothing else. */
const notice = (back: Return, code: HandoffCode) =>
  change(back, (record) => ({ ...record, notice: code }));
