/** The limits of a session, in one place. Times in milliseconds. */
const MINUTE = 60_000;
export const DAY = 86_400_000;

export const LIMITS = {
  /** From opening, claiming or the last attempt until a session ends by itself. */
  session: 15 * MINUTE,
  /** From opening until it ends, whatever it waits for, a reviewer apart. */
  longestSession: 120 * MINUTE,
  /** How long an answer to a request is accepted after it was replaced. */
  answerable: 5 * MINUTE,
  /** Requests of one method that wait for an answer at the same time. */
  outstanding: 4,
  /** How long a review stays on the screen. */
  review: 5 * MINUTE,
  /** Refused, disputed or mismatched evidence before the session has failed. */
  attempts: 5,
  /** How long every claim can be fetched after verification, also one that is not kept. */
  result: 60 * MINUTE,
  /** How long the link to go on on a phone works. */
  transfer: 2 * MINUTE,
  /** Such links for one session. */
  transfers: 20,
  /** Images one session may hold, those taken again included. */
  images: 40,
  /** How long a claim whose answer was lost is answered again, if nobody has used the token given. */
  claimAgain: MINUTE,
  /** Open event streams: a page and a phone, and what a proxy has not noticed to be gone. */
  streamsOfSession: 8,
  /** A mobile carrier has many people behind one address; who gets no stream asks now and then. */
  streamsOfAddress: 256,
  /** How often one call is tried again because another came before, and the longest wait for it. */
  races: 24,
  backOff: 250,
  heartbeat: 15_000,
  jsonBytes: 16 * 1024,
  /** A form of the pages a phone sees: one button. */
  formBytes: 1024,
  evidenceBytes: 2 ** 20,
} as const;
