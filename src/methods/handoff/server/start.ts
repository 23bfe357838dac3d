/** `POST sessions/{id}/handoff`: links to open, a code to compare, a statement to sign. */
import { toBase64url } from '../../../wire/bytes.ts';
import {
  type HandoffAnswer,
  type HandoffBody,
  handoffAnswer,
  handoffBody,
} from '../../../wire/contract.ts';
import { IdVerifyError } from '../../../wire/error.ts';
import { parseAs } from '../../../wire/parse.ts';
import type { Exchange, MethodRoute, RouteContext } from '../../method-verifier.ts';
import { type HandoffDeployment, providerOf, toldBy } from './config.ts';
import { deviceOf } from './device.ts';
import { endedBy, isHandoff, readRecord, writeRecord } from './exchange.ts';
import { newSecrets } from './rotating.ts';
import { agreement, transactionStatement } from './statement.ts';
import { hashText } from './token.ts';

/** A result that came at the last moment is still joined to the page's evidence. */
const GRACE = 5 * 60_000;
/** Handoffs of one session. */
const RATE = { most: 10, within: 10 * 60_000 };

export const startRoute = (handoff: HandoffDeployment): MethodRoute => ({
  operation: 'startHandoff',
  verb: 'POST',
  path: 'handoff',
  summary: 'Starts a handoff to an app on a phone, or renews one',
  body: handoffBody,
  answer: handoffAnswer,
  handle: (context) => start(handoff, context),
});

/** @throws IdVerifyError `policy/method`, `limit/rate` */
async function start(handoff: HandoffDeployment, context: RouteContext): Promise<HandoffAnswer> {
  const { crypto, relyingParty } = handoff;
  const { rung }: HandoffBody = parseAs(handoffBody, context.body, 'malformed/request');
  const { profile, session, request } = context;
  const settings = profile.methods[rung];
  const provider = settings && providerOf(handoff, rung, settings);
  if (settings === undefined || provider === undefined) {
    throw new IdVerifyError('policy/method', 'the profile does not have this rung');
  }
  const now = handoff.now();
  const rotating = settings.rotating === 'required' || provider.rotating === true;
  const tokens = {
    qr: newToken(handoff, session.id),
    here: newToken(handoff, session.id),
    ...(!rotating && { copy: newToken(handoff, session.id) }),
  };
  const choices = distinctCodes(handoff);
  const [code = '00'] = choices;
  const { purpose } = profile;
  const claims = toldBy(provider, profile);
  const expiresAt = now + handoff.lifetime;
  const { occupation } = session;
  const told = {
    relyingParty: relyingParty.name,
    purpose,
    claims,
    ...(occupation !== undefined && { occupation }),
  };
  const statement = transactionStatement({
    ...told,
    code,
    origin: session.origin,
    rung,
    nonce: toBase64url(crypto.randomBytes(32)),
    at: now,
  });
  const link = (token: string) => `${handoff.url}/h/${token}`;
  const exchange = await context.open(
    rung,
    writeRecord({
      rung,
      provider: provider.id,
      phase: 'waiting',
      code,
      choices: shuffled(handoff, choices),
      told: { ...told, claims: [...claims] },
      statement,
      startedAt: now,
      expiresAt,
      device: deviceOf(request),
      links: {
        qr: await hashText(crypto, tokens.qr),
        here: await hashText(crypto, tokens.here),
        copy: tokens.copy && (await hashText(crypto, tokens.copy)),
      },
      rotating: rotating ? { link: link(tokens.qr), ...newSecrets(crypto) } : undefined,
    }),
    handoff.lifetime + GRACE,
    'prolong',
    RATE,
  );
  await replaceWaiting(context, exchange);
  return {
    id: exchange.id,
    rung,
    now,
    expiresAt,
    code,
    links: {
      qr: link(tokens.qr),
      here: link(tokens.here),
      ...(tokens.copy && { copy: link(tokens.copy) }),
    },
    rotating,
    statement: agreement({ ...told, code }),
  };
}

/** What nobody has opened yet gives way; what is under way on a phone goes on. */
async function replaceWaiting({ exchanges, update }: RouteContext, newest: Exchange) {
  for (const exchange of exchanges.filter(isHandoff)) {
    if (exchange.id === newest.id || readRecord(exchange).phase !== 'waiting') continue;
    await update(exchange.id, (now) => {
      const record = readRecord(now);
      return record.phase === 'waiting'
        ? writeRecord(endedBy(record, 'incomplete/replaced'))
        : now.data;
    });
  }
}

/** The session's id and 16 random bytes: short, so that the QR code is. */
const newToken = ({ crypto }: HandoffDeployment, sessionId: string): string =>
  `${sessionId}.${toBase64url(crypto.randomBytes(16))}`;

/** Three different codes of two digits, in no order. */
function distinctCodes({ crypto }: HandoffDeployment): string[] {
  const codes = new Set<string>();
  while (codes.size < 3) {
    // Of the values a byte has, those that make each code as likely as the others.
    const [byte = 0] = crypto.randomBytes(1);
    if (byte < 200) codes.add(String(byte % 100).padStart(2, '0'));
  }
  return [...codes];
}

/** By random keys, so that the place of a code says nothing. */
function shuffled({ crypto }: HandoffDeployment, codes: readonly string[]): string[] {
  const keyed = codes.map((code) => [toBase64url(crypto.randomBytes(8)), code] as const);
  return keyed.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, code]) => code);
}
