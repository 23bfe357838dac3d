/**
 * The page that was there first: shows the way to the phone, then follows what happens there. It
 * sends nothing any more, and is told the end like any other page.
 */
import type { SessionStatus, TransferAnswer } from '../../../wire/contract.ts';
import { IdVerifyError } from '../../../wire/error.ts';
import type { MethodHost, MethodRun } from '../../method.ts';
import { startClock } from '../clock.ts';
import { copy } from '../device.ts';
import { isOpenable } from '../links.ts';
import { type TransferMessages, transferMessages } from './messages/index.ts';
import { followPanel, type OfferPanel, offerPanel, preparingPanel } from './panel.ts';

/** How long a button says that it worked. */
const PRAISE = 2_000;

export function offer(host: MethodHost, grant: () => Promise<TransferAnswer>): MethodRun {
  let granted: TransferAnswer | undefined;
  let status: SessionStatus | undefined;
  let asking = false;
  let copied: boolean | undefined;
  let words: TransferMessages = transferMessages.ja;

  const clock = startClock(() => {
    if (granted && status?.role !== 'follower') host.update();
  }, host.signal);
  // A reload of a page that already follows finds nothing to offer.
  const isFollower = () => status?.role === 'follower';

  async function ask(): Promise<void> {
    if (asking) return;
    asking = true;
    host.update();
    try {
      const answer = await grant();
      if (!isOpenable(answer.link, host.session.environment)) {
        throw new IdVerifyError('blocked/link', 'a link that is neither https nor loopback');
      }
      clock.set(answer.now);
      if (granted) host.announce(words.renewed);
      granted = answer;
    } catch (error) {
      if (host.signal.aborted || isFollower()) return;
      host.fail(asFailure(error));
      return;
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

  async function copyLink(link: string): Promise<void> {
    copied = await copy(link);
    host.announce(copied ? words.copied : words.notCopied);
    host.update();
    setTimeout(() => {
      copied = undefined;
      host.update();
    }, PRAISE);
  }

  const panel = (): OfferPanel => ({
    method: host.offer.method,
    session: host.session,
    asking,
    copied,
    left: granted ? clock.left(granted.expiresAt) : 0,
    renew: () => void ask(),
    copy: (link) => void copyLink(link),
    stay: host.back,
    cancel: host.cancel,
  });

  return {
    render(_state, view) {
      words = view.words(host.offer.method, transferMessages);
      if (status && isFollower()) return followPanel(panel(), status, view);
      return granted ? offerPanel(panel(), granted, view) : preparingPanel(panel(), view);
    },
    status: follow,
    explain: (code, view) =>
      code === 'incomplete/wrong_code'
        ? view.words(host.offer.method, transferMessages).failures.refused
        : undefined,
  };
}

const asFailure = (error: unknown): IdVerifyError =>
  error instanceof IdVerifyError
    ? error
    : new IdVerifyError('unavailable/unknown', 'something unforeseen', { cause: error });
