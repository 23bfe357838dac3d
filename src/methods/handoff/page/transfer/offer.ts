/**
 * The page that was there first: shows the way to the phone, then follows what happens there. It
 * sends nothing any more, and is told the end like any other page.
 */

import { lazyMessages } from '../../../../ui/lazy-messages.ts';
import type { SessionStatus, TransferAnswer } from '../../../../wire/contract.ts';
import { IdVerifyError } from '../../../../wire/error.ts';
import type { MethodHost, MethodRun, TransferCalls } from '../../../method.ts';
import { startClock } from '../clock.ts';
import { copier, waitingPanel } from '../device.ts';
import { requireOpenable } from '../links.ts';
import { loadTransferMessages, type TransferMessages } from './messages/index.ts';
import { followPanel, type OfferPanel, offerPanel } from './panel.ts';

export function offer(host: MethodHost, { grant, takeBack }: TransferCalls): MethodRun {
  let granted: TransferAnswer | undefined;
  let status: SessionStatus | undefined;
  let asking = false;
  /** The newest question for a code was not answered. */
  let refused = false;
  let words: TransferMessages | undefined;

  const clock = startClock(() => {
    if (granted && !isFollower()) host.update();
  }, host.signal);
  const speak = lazyMessages(loadTransferMessages, host.update, host.fail);
  const say = (text = '') => host.announce(text);
  const copying = copier(() => words, say, host.update);
  // A reload of a page that already follows finds nothing to offer.
  const isFollower = () => status?.role === 'follower';
  const left = () => (granted ? clock.left(granted.expiresAt) : 0);

  async function ask(): Promise<void> {
    if (asking) return;
    asking = true;
    refused = false;
    host.update();
    try {
      const answer = await grant();
      requireOpenable(answer.link, host.session);
      clock.set(answer.now);
      if (granted) say(words?.renewed);
      granted = answer;
    } catch (error) {
      if (host.signal.aborted || isFollower()) return;
      // The code that is there stays good.
      refused = left() > 0 && error instanceof IdVerifyError && error.category === 'unavailable';
      if (!refused) return host.fail(error);
      say(words?.notRenewed);
    } finally {
      asking = false;
    }
    host.update();
  }

  function follow(told: SessionStatus): void {
    const first = status === undefined;
    status = told;
    clock.set(told.now);
    if (first && !granted && !isFollower()) void ask();
    const { transfer } = told;
    const ours = transfer && granted && transfer.expiresAt >= granted.expiresAt;
    if (transfer?.phase === 'refused' && ours) {
      host.fail(new IdVerifyError('incomplete/wrong_code', 'a wrong number on the phone'));
    } else host.update();
  }

  async function goOnHere(): Promise<void> {
    try {
      if (granted || isFollower()) await takeBack();
      host.back();
    } catch (error) {
      // The phone was faster: it has sent something, and this page follows.
      if (error instanceof IdVerifyError && error.code === 'session/conflict') return;
      host.fail(error);
    }
  }

  const panel = (): OfferPanel => ({
    session: host.session,
    asking,
    refused,
    left: left(),
    renew: () => void ask(),
    copy: copying,
    goOnHere: () => void goOnHere(),
    cancel: host.cancel,
  });

  return {
    render(_state, view) {
      words = speak(host.offer.method, view);
      if (!words) return waitingPanel(view, 1);
      if (status && isFollower()) return followPanel(panel(), status, words, view);
      return granted
        ? offerPanel(panel(), granted, words, view)
        : waitingPanel(view, 1, words.preparing);
    },
    status: follow,
    explain: (code, view) =>
      code === 'incomplete/wrong_code'
        ? speak(host.offer.method, view)?.failures.refused
        : undefined,
  };
}
