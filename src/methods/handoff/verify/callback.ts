/**
 * The way back from the provider, a top-level navigation. Its `state` names the session and the
 * handoff, the cookie proves the browser, and it is taken once.
 */
import { toBase64url } from '../../../wire/bytes.ts';
import type { HandoffCode } from '../../../wire/contract.ts';
import {
  type CallbackCall,
  type CallbackRoute,
  type CallbackSessions,
  Noted,
  type OpenSession,
} from '../../callbacks.ts';
import type { Exchange } from '../../method-verifier.ts';
import type { HandoffDeployment } from './config.ts';
import { boundValue } from './cookie.ts';
import {
  asOf,
  endedBy,
  type HandoffRecord,
  isFinal,
  isHandoff,
  readRecord,
  writeRecord,
} from './exchange.ts';
import { message } from './landing-screens.ts';
import { languageOf } from './page.ts';
import { keptBytes } from './result.ts';
import { hashes, hashText, sessionIn } from './token.ts';
import { handoffCode, pendingOf, withinPatience } from './transaction.ts';

export const callbackRoute = (handoff: HandoffDeployment): CallbackRoute => ({
  operation: 'returnFromProvider',
  verb: 'GET',
  path: 'handoff/callback/{provider}',
  summary: "A person's browser comes back from the operator of the app",
  handle: (call, sessions) => handle(handoff, call, sessions),
});

interface Return {
  readonly handoff: HandoffDeployment;
  readonly sessions: CallbackSessions;
  readonly open: OpenSession;
  readonly exchange: Exchange;
}

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
    if (newest) {
      const back = { handoff, sessions, open, exchange: newest };
      await notice(back, 'session/callback_state');
    }
    return message(handoff, language, 'refused', 400);
  }
  const back = { handoff, sessions, open, exchange };
  const refusal = await refusalOf(back, request);
  if (refusal === 'session/callback_browser') {
    await end(back, refusal);
    return message(handoff, language, 'refused', 403);
  }
  if (refusal !== undefined) {
    await notice(back, refusal);
    return message(handoff, language, 'refused', 409);
  }
  return finish(back, url, language);
}

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

async function refusalOf(
  { handoff, exchange }: Return,
  request: Request,
): Promise<HandoffCode | undefined> {
  const record = asOf(readRecord(exchange), handoff.now());
  if (record.returned) return 'session/callback_used';
  if (isFinal(record)) return 'session/callback_expired';
  const cookie = boundValue(handoff, exchange.id, request) ?? '';
  const own = await hashes(handoff.crypto, cookie, record.browser);
  return own ? undefined : 'session/callback_browser';
}

async function finish(back: Return, url: URL, language: 'ja' | 'en'): Promise<Response> {
  const { handoff, open } = back;
  if (!(await take(back))) {
    await notice(back, 'session/callback_used');
    return message(handoff, language, 'refused', 409);
  }
  try {
    const { provider, pending } = await pendingOf(handoff, open, readRecord(back.exchange));
    const came = await withinPatience((signal) => provider.callback(url, pending, signal));
    if (came.outcome === 'ended') {
      await end(back, came.code);
      const kind = came.code === 'incomplete/declined' ? 'declined' : 'ended';
      return message(handoff, language, kind);
    }
    const kept = keptBytes(came.result);
    const transactionDigest = toBase64url(pending.digest);
    const statementHash = await hashText(handoff.crypto, came.result.statement);
    const done = await change(
      back,
      (record) =>
        isFinal(record)
          ? record
          : {
              ...record,
              phase: 'completing',
              pending: undefined,
              notice: undefined,
              transactionDigest,
              statementHash,
            },
      kept,
    );
    return message(handoff, language, done?.phase === 'completing' ? 'done' : 'gone');
  } catch (error) {
    const code = handoffCode(error);
    await end(back, code);
    const down = code === 'unavailable/provider';
    return message(handoff, language, down ? 'down' : 'refused', down ? 503 : 400);
  }
}

/** Whether this is the first to come back. */
async function take(back: Return): Promise<boolean> {
  let first = false;
  await change(back, (record) => {
    first = record.returned === undefined && !isFinal(record);
    return first ? { ...record, returned: true, phase: 'card_read' } : record;
  });
  return first;
}

const end = (back: Return, code: HandoffCode) => change(back, (record) => endedBy(record, code));

/** Tells the waiting page, and changes nothing else. */
const notice = (back: Return, code: HandoffCode) =>
  change(back, (record) => ({ ...record, notice: code }));

async function change(
  { handoff, sessions, open, exchange }: Return,
  next: (record: HandoffRecord) => HandoffRecord,
  kept?: Uint8Array,
): Promise<HandoffRecord | undefined> {
  const updated = await sessions.update(open.session.id, exchange.id, (now) => {
    const record = asOf(readRecord(now), handoff.now());
    const data = writeRecord(next(record));
    return kept && !isFinal(record) ? new Noted(data, kept) : data;
  });
  return updated && readRecord(updated);
}
