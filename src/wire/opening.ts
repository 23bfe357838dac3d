/**
 * The messages that stand at the beginning: everything the first screen needs, and what all others
 * are made of. Apart from `contract.ts`, so that a page need not wait for the rest.
 */
import { parsedUrl } from './address.ts';
import { NAMED_CLAIMS, type YesNoClaim } from './claims.ts';
import * as v from './schema-core.ts';

/** The rungs that an app on a phone answers for. */
export const RUNGS = ['jpki', 'jpki-mobile', 'ic-chip'] as const;

/** The rungs of the ladder, strongest first. */
export const METHODS = ['wallet', ...RUNGS, 'photo'] as const;

export const shortText = v.pipe(v.string(), v.minLength(1), v.maxLength(300));
export const hash = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));
export const time = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const identifier = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));

/** `category` or `category/case`, the categories of the refusal table in SECURITY.md. */
export const code = v.pipe(v.string(), v.regex(/^[a-z_]{1,32}(\/[a-z0-9_]{1,48})?$/));

/**
 * `<session id>.<secret>`: 16 and 32 random bytes, base64url. Tokens (opening, session, transfer)
 * and result references share this form, so each is found by its id and compared by its hash.
 */
export const token = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}$/));

/** A text in one or more languages; Japanese is always there. */
export const text = v.pipe(
  v.record(v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/)), shortText),
  v.check((value) => Object.hasOwn(value, 'ja')),
);

/** Whether a URL's host is this very machine. */
export const isLoopback = (hostname: string): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

/** An https link, or http on loopback; anything else (`javascript:` among it) is refused. */
export const link = v.pipe(
  v.string(),
  v.maxLength(2_000),
  v.check((value) => {
    const url = parsedUrl(value);
    if (!url) return false;
    const { protocol, hostname } = url;
    return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
  }),
);

export const method = v.picklist(METHODS);

export const rung = v.picklist(RUNGS);

export const claimName = v.union([
  v.picklist(NAMED_CLAIMS),
  v.pipe(v.string<YesNoClaim>(), v.regex(/^age_over_\d\d$/)),
]);

const claimView = v.strictObject({
  claim: claimName,
  purpose: text,
  /** Days the service keeps the value; 0 means it is not kept. */
  retainDays: count,
});

const walletOffer = v.strictObject({ method: v.literal('wallet') });
const handoffOffer = v.strictObject({
  method: rung,
  /** The app's name as the operator words it. */
  app: text,
  /** Where the card can be added to the phone's wallet, for the invitation at the end. */
  addToWallet: v.optional(link),
});
const photoOffer = v.strictObject({
  method: v.literal('photo'),
  documents: v.pipe(v.array(identifier), v.minLength(1), v.maxLength(20)),
  /** Whether movements are asked behind the face. */
  gestures: v.boolean(),
  /** Whether a file may stand in for the camera. */
  files: v.boolean(),
});
export const methodOffer = v.union([walletOffer, handoffOffer, photoOffer]);

/**
 * Where a session just opened stands: nothing has happened yet. What may be said later is
 * `sessionStatus`.
 */
export const openedStatus = v.strictObject({
  state: v.literal('awaiting'),
  /** Grows by one with every change; the newer one wins. */
  version: count,
  /** The server's clock, milliseconds since 1970; deadlines below are on the same clock. */
  now: time,
  expiresAt: time,
  attemptsLeft: count,
  /** Next sequence number and the hash the next envelope must name as `prev`. */
  seq: count,
  prev: hash,
});

/** A session as the starting page sees it: everything it may show before anything is sent. */
export const openedView = v.strictObject({
  id: identifier,
  status: openedStatus,
  challenge: hash,
  audience: shortText,
  origin: shortText,
  profile: identifier,
  environment: v.picklist(['test', 'production']),
  relyingParty: v.strictObject({
    name: text,
    /** The name in the reader certificate, where it is not one of `name`. */
    legalName: v.optional(shortText),
    /** One or two characters shown as its mark. */
    mark: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(2))),
    privacyPolicy: v.optional(link),
  }),
  purpose: text,
  claims: v.array(claimView),
  methods: v.pipe(v.array(methodOffer), v.maxLength(METHODS.length)),
  /** Whether `transfer` moves this session to a phone. */
  transferable: v.optional(v.literal(true)),
  /** The legal basis for asking the individual number; absent unless the server states one. */
  individualNumberBasis: v.optional(text),
});

export const openBody = v.strictObject({
  profile: identifier,
  /** Narrows the profile's methods; order counts. */
  methods: v.optional(v.pipe(v.array(method), v.minLength(1), v.maxLength(METHODS.length))),
});
/** The token is good for one `claim`. */
export const openAnswer = v.strictObject({ token, session: openedView });

/** `application/problem+json`, RFC 9457. `detail` is for developers and never about the person. */
export const problem = v.object({
  title: v.string(),
  status: count,
  code,
  detail: v.optional(v.string()),
});

/** A rung of the ladder. */
export type MethodId = v.InferOutput<typeof method>;
export type Text = v.InferOutput<typeof text>;
export type MethodOffer = v.InferOutput<typeof methodOffer>;
export type Rung = (typeof RUNGS)[number];
export type OpenBody = v.InferOutput<typeof openBody>;
export type OpenAnswer = v.InferOutput<typeof openAnswer>;
export type Problem = v.InferOutput<typeof problem>;
