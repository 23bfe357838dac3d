/** The move of a session to a phone's browser; loaded when it happens. */
import { type SessionClient, sessionClient } from '../../backend/session-client.ts';
import type { JoinHost, TransferCalls, TransferModule } from '../../methods/method.ts';
import { toBase64url, utf8 } from '../../wire/bytes.ts';
import { IdVerifyError } from '../../wire/error.ts';
import { fetched } from '../../wire/fetched.ts';
import type { MethodId } from '../../wire/opening.ts';
import type { ClaimAnswer } from '../../wire/session.ts';
import { type SessionKey, sign } from '../../wire/session-key.ts';
import { sha256 } from '../../wire/sha256.ts';
import { type SessionStatus, type SessionView, sessionStatus } from '../../wire/status.ts';
import { transferAnswer, transferProofInput } from '../../wire/transfer.ts';
import type { StartedSession } from '../opening.ts';

/** What a page must have to let another one take over. */
export interface SessionHolder {
  readonly view: SessionView;
  readonly key: SessionKey;
  readonly client: SessionClient;
  readonly bearer: Promise<string>;
}

/**
 * Each call throws IdVerifyError, or the reason of an aborted signal.
 * @param method the way this page goes, for the phone to go on
 * @param note takes a status
 */
export const transferCalls = (
  { view, key, client, bearer }: SessionHolder,
  method: MethodId,
  note: (status: SessionStatus) => void,
  signal: AbortSignal,
): TransferCalls => ({
  async grant() {
    const tokenHash = toBase64url(await sha256(utf8(await bearer)));
    const proof = toBase64url(await sign(key, transferProofInput(view.id, tokenHash, view.origin)));
    const json = { proof, method };
    const answer = transferAnswer;
    const call = { method: 'POST', path: 'transfer', json, answer, repeatable: false } as const;
    return (await client.ask(call, signal)).value;
  },
  async takeBack() {
    const answer = sessionStatus;
    const call = { method: 'DELETE', path: 'transfer', answer, repeatable: true } as const;
    note((await client.ask(call, signal)).value);
  },
});

/** What asking the person on the phone takes. */
export interface JoinOptions {
  readonly started: StartedSession;
  load(): Promise<TransferModule>;
  claim(code: string): Promise<ClaimAnswer>;
  /** Puts the questions on the screen. */
  show(run: ReturnType<TransferModule['join']>): void;
  update(): void;
  cancel(): void;
}

const CANCEL_TIMEOUT_MS = 10_000;

/** Resolves once the person has said, on the phone, the code and that they go on. */
export async function takeOver(
  { started, load, claim, show, update, cancel }: JoinOptions,
  signal: AbortSignal,
): Promise<ClaimAnswer> {
  const module = await load();
  return new Promise((resolve, reject) => {
    let claimed: ClaimAnswer | undefined;
    const host: JoinHost = {
      update,
      async claim(code) {
        try {
          claimed = await claim(code);
          return claimed.session;
        } catch (error) {
          const over = error instanceof IdVerifyError && error.category === 'session';
          // The link is over; whether the session is, the first screen says.
          reject(
            over ? new IdVerifyError('session/link', 'a link of no use', { cause: error }) : error,
          );
          throw error;
        }
      },
      accept: () => claimed && resolve(claimed),
      cancel() {
        if (claimed) {
          const { session, token } = claimed;
          sessionClient(started.transport, session.id, async () => token)
            .cancel(AbortSignal.timeout(CANCEL_TIMEOUT_MS))
            .catch(() => undefined);
        }
        cancel();
      },
    };
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    show(module.join(host));
  });
}

/** @throws IdVerifyError `unavailable/not_included`, `unavailable/network` */
export async function loadTransfer(
  load: (() => Promise<TransferModule>) | undefined,
): Promise<TransferModule> {
  if (!load) throw new IdVerifyError('unavailable/not_included', 'not part of this build');
  return fetched(load());
}
