/** Where a session stands once something has happened: what a waiting page is told. */
import {
  code,
  hash,
  identifier,
  method,
  openedStatus,
  openedView,
  rung,
  text,
  time,
  token,
} from './opening.ts';
import * as v from './schema.ts';

/** What a session may be in, as the server sees it. The element has further states of its own. */
export const SESSION_STATES = [
  'awaiting',
  'review',
  'pending',
  'done',
  'failed',
  'cancelled',
  'expired',
] as const;

export const handoffPhase = v.picklist([
  'waiting',
  'scanned',
  'in_app',
  'card_read',
  'completing',
  'declined',
  'failed',
  'expired',
  'replaced',
]);

/**
 * What a waiting page may know about a handoff. Never anything about the person. Phases may be
 * skipped; `completing` and those after it are final and always answered the same.
 */
export const handoffStatus = v.strictObject({
  /** A page that started another one, and was not renewed by itself, was replaced by another tab. */
  id: identifier,
  rung,
  phase: handoffPhase,
  expiresAt: time,
  /** Why it ended; one of `HANDOFF_CODES`. */
  code: v.optional(code),
  /** An attempt to answer that was refused and changed nothing, for example a replayed callback. */
  notice: v.optional(code),
  /**
   * The link of a rotating QR code, new each second while nobody has opened it. It comes without a
   * new `version` of the status.
   */
  payload: v.optional(v.pipe(v.string(), v.maxLength(2_000))),
  /** With phase `completing`: what the page signs. */
  transactionDigest: v.optional(hash),
  statementHash: v.optional(hash),
});

/** A move to a phone that was offered, or has happened; `role` says which side of it this page is. */
const transferStatus = v.strictObject({
  phase: v.picklist(['waiting', 'refused', 'moved']),
  expiresAt: time,
  code: v.optional(code),
  /** The way the first page was going, as long as it is still offered: where both sides go on. */
  method: v.optional(method),
});

/** One photo is asked for again by a reviewer; the rest of what was sent stays. */
export const retake = v.strictObject({
  method,
  /** A `PhotoStep`, or `gesture`. */
  step: v.pipe(v.string(), v.regex(/^[a-z-]{1,32}$/)),
  gesture: v.optional(v.pipe(v.string(), v.regex(/^[a-z_]{1,32}$/))),
  /** Why, in the reviewer's words; shown as text. */
  reason: text,
});

/** Where a session stands. Sent by the event stream and inside every answer. */
export const sessionStatus = v.strictObject({
  ...openedStatus.shape.entries,
  state: v.picklist(SESSION_STATES),
  /** The method of the evidence in hand, once there is one. */
  method: v.optional(method),
  /** Why the last evidence was refused, or the session failed. */
  code: v.optional(code),
  /** What a reviewer who refused wants the person to know; shown as text. */
  reason: v.optional(text),
  handoff: v.optional(handoffStatus),
  /**
   * Whether this page may send evidence and see the review (`sole`, also when absent; `sender` after
   * a transfer) or only follow, cancel and receive the reference (`follower`).
   */
  role: v.optional(v.picklist(['sole', 'sender', 'follower'])),
  transfer: v.optional(transferStatus),
  /** In state `awaiting`, for the key that sent the case: until `expiresAt`. */
  retake: v.optional(retake),
  /**
   * The result reference, for the key that may redeem it: in state `pending`, `done`, and `failed`
   * where it comes without a code, because only the server's result says why.
   */
  ref: v.optional(token),
});

/** A session as the page that sends for it sees it, whenever it asks. */
export const sessionView = v.strictObject({
  ...openedView.shape.entries,
  status: sessionStatus,
  /** On a phone that took over: since when somebody waits, and at what kind of device. */
  handedOver: v.optional(
    v.strictObject({
      startedAt: time,
      device: v.picklist(['computer', 'tablet', 'phone', 'unknown']),
    }),
  ),
});

export type SessionState = (typeof SESSION_STATES)[number];
export type SessionStatus = v.InferOutput<typeof sessionStatus>;
export type SessionView = v.InferOutput<typeof sessionView>;
export type Retake = v.InferOutput<typeof retake>;
export type HandoffPhase = v.InferOutput<typeof handoffPhase>;
export type DeviceKind = NonNullable<SessionView['handedOver']>['device'];
export type HandoffStatus = v.InferOutput<typeof handoffStatus>;
