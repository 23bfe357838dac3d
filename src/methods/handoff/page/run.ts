/**
 * One handoff: starts it, follows it on the status stream, renews it, and joins what the operator
 * states to this page's evidence. What is shown is only ever what the server said.
 */

import type { FailureWords } from '../../../i18n/glossary.ts';
import { lazyMessages } from '../../../ui/lazy-messages.ts';
import { fromBase64url } from '../../../wire/bytes.ts';
import { type Code, IdVerifyError, isCode } from '../../../wire/error.ts';
import { type HandoffAnswer, handoffAnswer } from '../../../wire/handoff.ts';
import { rung as rungSchema } from '../../../wire/opening.ts';
import { parseAs } from '../../../wire/parse.ts';
import type { HandoffStatus, SessionStatus } from '../../../wire/status.ts';
import type { MethodHost, MethodRun } from '../../method.ts';
import { startClock } from './clock.ts';
import { copier, waitingPanel } from './device.ts';
import { guessDevice, type LikelyDevice } from './device-guess.ts';
import { requireOpenable } from './links.ts';
import { type HandoffMessages, loadHandoffMessages } from './messages/index.ts';
import { codePanel, consentPanel, type HandoffPanel, progressPanel } from './panel.ts';

/** A service that is silent for so long is said to be. */
const START_TIMEOUT_MS = 5_000;
const LAST_MINUTE_MS = 60_000;

export function startHandoff(host: MethodHost): MethodRun {
  const rung = parseAs(rungSchema, host.offer.method, 'config/method');
  const app = 'app' in host.offer ? host.offer.app : { ja: '' };
  /** This page's, by id: one that is under way goes on when a newer one is there. */
  const own = new Map<string, HandoffAnswer | undefined>();
  /** Of this session, from before. */
  const former = new Set<string>();
  let newest: HandoffAnswer | undefined;
  let status: HandoffStatus | undefined;
  let latest: SessionStatus | undefined;
  let asking = false;
  /** The newest question for a code was not answered. */
  let refused = false;
  let start: LikelyDevice = guessDevice();
  let words: HandoffMessages | undefined;
  let warned = false;
  let overdue = false;

  const clock = startClock(tick, host.signal);
  const speak = lazyMessages(loadHandoffMessages, host.update, host.fail);
  const say = (text = '') => host.announce(text);
  const copying = copier(() => words, say, host.update);
  const isWaiting = () => (status?.phase ?? 'waiting') === 'waiting';
  const isRunning = () => clock.left((status ?? newest)?.expiresAt ?? 0) > 0;

  async function ask(): Promise<void> {
    if (asking) return;
    asking = true;
    refused = false;
    host.update();
    const call = {
      method: 'POST',
      path: 'handoff',
      json: { rung },
      answer: handoffAnswer,
      repeatable: false,
      timeLimit: START_TIMEOUT_MS,
    } as const;
    try {
      const { value } = await host.client.ask(call, host.signal);
      for (const link of Object.values(value.links)) requireOpenable(link, host.session);
      if (newest) say(words?.renewed);
      take(value);
      host.keep(value);
    } catch (error) {
      if (host.signal.aborted) return;
      // What is there goes on.
      refused = isRunning() && error instanceof IdVerifyError && error.category === 'unavailable';
      if (!refused) return host.fail(error);
      say(words?.notRenewed);
    } finally {
      asking = false;
    }
    const { handoff } = latest ?? {};
    if (handoff && !own.has(handoff.id)) former.add(handoff.id);
    host.update();
    if (latest) hear(latest);
  }

  function take(answer: HandoffAnswer): void {
    clock.set(answer.now);
    own.set(answer.id, answer);
    newest = answer;
    status = undefined;
    warned = false;
    overdue = false;
  }

  /** After a reload, or in another tab: goes on with what is under way. */
  function resume(found: HandoffStatus | undefined): void {
    const kept = keptAnswer(host.kept);
    if (!found || found.code || found.rung !== rung) void ask();
    else if (kept?.id === found.id) take(kept);
    else if (found.phase === 'waiting') void ask();
    else own.set(found.id, undefined);
  }

  function follow(told: SessionStatus): void {
    latest = told;
    clock.set(told.now);
    const { handoff } = told;
    if (own.size === 0 && !asking) resume(handoff);
    if (asking || !handoff || former.has(handoff.id) || told.now < (newest?.now ?? 0)) return;
    if (!own.has(handoff.id)) {
      throw new IdVerifyError('incomplete/replaced', 'another page started anew');
    }
    // One of ours that a newer one of ours replaced.
    if (handoff.phase === 'replaced') return;
    requireOpenable(handoff.payload, host.session);
    status = handoff;
    if (handoff.phase === 'completing') complete(handoff);
    else if (handoff.code) {
      const code = isCode(handoff.code) ? handoff.code : 'incomplete';
      host.fail(new IdVerifyError(code, `the handoff is ${handoff.phase}`), false);
    } else host.update();
  }

  function complete({ id, transactionDigest, statementHash }: HandoffStatus): void {
    if (!transactionDigest || !statementHash) {
      throw new IdVerifyError('blocked/schema', 'a handoff without what is to be signed');
    }
    host.submit({
      handoff: id,
      rung,
      transactionDigest: fromBase64url(transactionDigest),
      statementHash: fromBase64url(statementHash),
    });
  }

  function tick(): void {
    const expiresAt = status?.expiresAt ?? newest?.expiresAt;
    if (expiresAt === undefined || status?.phase === 'completing') return;
    const left = clock.left(expiresAt);
    if (left === 0 && !overdue) {
      overdue = true;
      // The server says whether time is up; a stream that keeps silent is no answer.
      host.client.status(host.signal).then(hear, () => undefined);
    }
    if (!isWaiting()) return;
    if (left < LAST_MINUTE_MS && !warned) {
      warned = true;
      say(words?.lastMinute);
    }
    host.update();
  }

  function hear(told: SessionStatus): void {
    try {
      follow(told);
    } catch (error) {
      host.fail(error);
    }
  }

  const panel = (): HandoffPanel => ({
    rung,
    app,
    host,
    start,
    asking,
    refused,
    left: newest ? clock.left(newest.expiresAt) : 0,
    begin() {
      host.begin();
      void ask();
    },
    renew: () => void ask(),
    copy: copying,
    turn() {
      start = 'scan';
      host.update();
    },
  });

  return {
    render(state, view) {
      words = speak(rung, view);
      if (!words) return waitingPanel(view, state === 'consent' ? 1 : 2);
      if (state === 'consent') return consentPanel(panel(), words, view);
      if (status && !isWaiting()) {
        return progressPanel(panel(), status, own.get(status.id), words, view);
      }
      if (newest) return codePanel(panel(), newest, status, words, view);
      return waitingPanel(view, 2, words.preparing);
    },
    status: hear,
    explain: (code, view) => {
      const failures: Partial<Record<Code, FailureWords>> = speak(rung, view)?.failures ?? {};
      return failures[code];
    },
  };
}

/** What an earlier page of this session kept; nothing where it is of another version. */
function keptAnswer(kept: unknown): HandoffAnswer | undefined {
  try {
    return parseAs(handoffAnswer, kept, 'malformed');
  } catch {
    return undefined;
  }
}
