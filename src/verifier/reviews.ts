/**
 * Where a person decides what no machine can: lists evidence that waits, shows it, and records who
 * decided what and why. For the operator's own staff pages; who may call it is theirs to check.
 */
import type { Check, Environment, ImageRecord, Proof } from '../methods/method-verifier.ts';
import type { ReviewMaterial } from '../methods/review-material.ts';
import {
  type Change,
  type EvidenceRecord,
  ended,
  type HeldRecord,
  type KeptImages,
  type SessionRecord,
} from '../store/store.ts';
import {
  type ClaimName,
  hash as imageHash,
  type MethodId,
  type Text,
  text,
} from '../wire/contract.ts';
import { parseEnvelope } from '../wire/envelope.ts';
import { IdVerifyError } from '../wire/error.ts';
import { parseAs } from '../wire/parse.ts';
import * as v from '../wire/schema.ts';
import { compareWithAccount } from './account.ts';
import { type Core, profileOf, requireLawful, verifierOf } from './core.ts';
import { jsonBytes } from './envelope.ts';
import { imagesOf } from './images.ts';
import { DAY } from './limits.ts';
import { isMet, requirementUnmet } from './requirement.ts';
import type { Result } from './result.ts';
import { resultOf } from './results.ts';
import { current, newExchange, requireState, transact } from './session.ts';
import { hashOf } from './tokens.ts';
import { claimsTyped, type TypedClaims } from './typed-claims.ts';
import { verified } from './verified.ts';

/** One that waits, as a list shows it. Times in milliseconds since 1970. */
export interface ReviewSummary {
  /** Of the session. */
  readonly id: string;
  /** The site's own name for the member. */
  readonly subject: string;
  readonly profile: string;
  readonly method: MethodId;
  readonly environment: Environment;
  readonly submittedAt: number;
  /** Undecided at this time it expires, and everything is erased. */
  readonly decideBy: number;
  readonly flags: readonly string[];
}

/** One that waits, to be decided on. */
export interface ReviewCase extends ReviewSummary {
  readonly purpose: Text;
  /** What is to be typed from the document; ages follow from the date of birth. */
  readonly claims: readonly { readonly claim: ClaimName; readonly optional: boolean }[];
  /** Whether evidence came from another device than the page's, as far as we can know. */
  readonly crossDevice: boolean;
  readonly checks: readonly Check[];
  readonly material: ReviewMaterial;
}

/** What a person decided, and who it was. */
export type Decision =
  | {
      readonly decision: 'approve';
      /** Who decided, as the operator names its staff. */
      readonly reviewer: string;
      readonly claims: TypedClaims;
    }
  | {
      readonly decision: 'refuse';
      readonly reviewer: string;
      /** The person reads it, so it is also stored with the proof: no personal data in it. */
      readonly reason: Text;
    };

/** `verifier.reviews`; whoever can call it sees personal data. */
export interface Reviews {
  /** Everything that waits, the oldest first. */
  list(options?: { readonly signal?: AbortSignal }): Promise<readonly ReviewSummary[]>;
  /** @throws IdVerifyError `session/unknown`, `session/ended`, `session/expired`, `session/conflict` */
  get(id: string): Promise<ReviewCase>;
  /**
   * One picture of the material, the bytes the person saw before sending them.
   * @throws IdVerifyError as `get`; `incomplete/image` for one that is not of this session
   */
  image(id: string, hash: string): Promise<ImageRecord>;
  /**
   * Ends the session, once. The waiting page is told at once. An approval of values that are not what
   * the profile needs (`mustBe`) ends it as refused, with the code `policy/requirement`.
   * @returns what `redeem` gives from now on
   * @throws IdVerifyError as `get`; `malformed/decision`, `malformed/claim`,
   *   `request_mismatch/missing_claim`; for an approval also `policy/law`, `policy/reused`, and
   *   `policy/mismatch_*` where the profile refuses what contradicts the account. Then nothing has
   *   changed.
   */
  decide(id: string, decision: Decision): Promise<Result>;
  /**
   * Asks for one photo again. The person's page says which and why and keeps the rest, until the
   * deadline of the case (`decideBy`); nobody but who sent the case can answer. The case leaves the
   * list, and comes back with a newer shot of that step. How the person hears of it when the page is
   * closed is the site's to see to.
   * @throws IdVerifyError as `get`; `malformed/decision`, `incomplete/image` for a picture that is
   *   not one of the case that counts, `session/conflict` where what it answered is not known any more
   */
  askAgain(id: string, request: AskAgain): Promise<void>;
}

/** One photo that a reviewer wants anew. */
export interface AskAgain {
  /** Who asks, as the operator names its staff. */
  readonly reviewer: string;
  /** Hash of the picture that is not good enough: `image.hash` of one of the shots. */
  readonly image: string;
  /** The person reads it, so it is also stored with the proof: no personal data in it. */
  readonly reason: Text;
}

const REFUSED = 'policy/review';

export const reviewsOf = (core: Core): Reviews => ({
  list: async ({ signal } = {}) => {
    const found: ReviewSummary[] = [];
    for (const session of await core.store.pending()) {
      signal?.throwIfAborted();
      if (session.expiresAt > core.now()) found.push(summaryOf(await waiting(core, session)));
    }
    return found;
  },
  get: async (id) => caseOf(core, await waiting(core, await current(core, id))),
  image: async (id, hash) => {
    const session = await current(core, id);
    requireState(session, 'pending');
    const image = await core.store.getImage(id, hash);
    if (image === undefined) throw new IdVerifyError('incomplete/image', 'no such image');
    return image;
  },
  decide: async (id, decision) => {
    const parsed = parseAs(decisionSchema, decision, 'malformed/decision');
    const written = await transact(core, id, async (session) => {
      const pending = await waiting(core, session);
      return parsed.decision === 'approve'
        ? approve(core, pending, parsed)
        : refuse(core, pending, parsed);
    });
    return resultOf(core, written);
  },
  askAgain: async (id, request) => {
    const parsed = parseAs(askAgainSchema, request, 'malformed/decision');
    await transact(core, id, async (session) =>
      sentBack(core, await waiting(core, session), parsed),
    );
  },
});

const reviewer = v.pipe(
  v.transform(v.string(), (text) => text.trim()),
  v.minLength(1),
  v.maxLength(200),
);
/** A person reads it, so it says something in every language it comes in. */
const reason = v.pipe(
  text,
  v.check((said) => Object.values(said).every((words) => words.trim() !== '')),
);
const decisionSchema = v.variant('decision', [
  v.strictObject({ decision: v.literal('approve'), reviewer, claims: v.unknown() }),
  v.strictObject({ decision: v.literal('refuse'), reviewer, reason }),
]);
const askAgainSchema = v.strictObject({ reviewer, image: imageHash, reason });
type Parsed<Word> = Extract<v.InferOutput<typeof decisionSchema>, { decision: Word }>;

/** A session in state `pending`, with its evidence. */
interface Pending {
  readonly session: SessionRecord;
  readonly held: HeldRecord;
  readonly evidence: EvidenceRecord;
  readonly material: ReviewMaterial;
}

async function waiting(core: Core, session: SessionRecord): Promise<Pending> {
  requireState(session, 'pending');
  const { held, id } = session;
  const evidence = (await core.store.evidence(id)).find(({ seq }) => seq === held?.seq);
  if (held === undefined || evidence?.envelope === undefined) {
    throw new IdVerifyError('config/store', 'a pending session without its evidence');
  }
  const { body } = parseEnvelope(evidence.envelope).payload;
  const material = verifierOf(core, held.method)?.material?.(body, evidence.proof);
  if (material === undefined) {
    throw new IdVerifyError('config/method', `${held.method} is not configured for reviews`);
  }
  return { session, held, evidence, material };
}

const summaryOf = ({ session, held, evidence, material }: Pending): ReviewSummary => ({
  id: session.id,
  subject: session.subject,
  profile: session.profile,
  method: held.method,
  environment: session.environment,
  submittedAt: evidence.receivedAt,
  decideBy: session.expiresAt,
  flags: material.flags,
});

async function caseOf(core: Core, pending: Pending): Promise<ReviewCase> {
  const { session, held, material } = pending;
  const { purpose, claims } = profileOf(core, session);
  const names = Object.keys(claims) as ClaimName[];
  return {
    ...summaryOf(pending),
    purpose,
    claims: names.map((claim) => ({ claim, optional: claims[claim]?.optional ?? false })),
    crossDevice: held.crossDevice,
    checks: held.checks,
    material,
  };
}

async function approve(
  core: Core,
  { session, held, material, evidence }: Pending,
  { reviewer, claims: typed }: Parsed<'approve'>,
): Promise<Change> {
  const profile = profileOf(core, session);
  const now = core.now();
  requireLawful(core, profile, held.method);
  const hashes = material.shots.map(({ image }) => image.hash);
  const images = imagesOf(core, session, held.key);
  for (const hash of hashes) {
    const image = await images.get(hash);
    if (image && (await images.usedElsewhere(image.print))) {
      throw new IdVerifyError('policy/reused', 'a picture that another session has used');
    }
  }
  const claims = claimsTyped(profile, typed, now);
  const decided = { decision: 'approve', reviewer };
  if (!isMet(profile, claims)) {
    return recorded(core, held, requirementUnmet(core, session), decided);
  }
  const judged = await compareWithAccount(core, session, profile, {
    outcome: 'accepted',
    claims,
    checks: [...held.checks, { id: 'review.decision', outcome: 'passed' }],
    crossDevice: held.crossDevice,
    proof: evidence.proof,
    document: new Uint8Array(),
  });
  if (judged.outcome === 'refused') {
    throw new IdVerifyError(judged.code, 'what was typed contradicts the account');
  }
  const values = Object.entries(claims).map(([name, value]) => ({
    name: `claim/${name}`,
    value: jsonBytes(value),
    eraseAt: now,
  }));
  const { retainDocumentDays = 0 } = profile;
  const kept: KeptImages | undefined =
    retainDocumentDays > 0 ? { keep: hashes, eraseAt: now + retainDocumentDays * DAY } : undefined;
  const { checks } = judged;
  const change = verified(core, session, { ...held, checks }, values, kept);
  return recorded(core, held, change, decided);
}

async function refuse(
  core: Core,
  { session, held }: Pending,
  { reviewer, reason }: Parsed<'refuse'>,
): Promise<Change> {
  core.log({ event: 'review.refused', session: session.id, method: held.method, code: REFUSED });
  const change: Change = {
    session: { ...ended(session, 'failed'), code: REFUSED, reason },
    personal: [],
    images: 'erase',
  };
  return recorded(core, held, change, { decision: 'refuse', reviewer, reason });
}

/** `pending` to `awaiting`: everything stays, and one shot is open again. */
async function sentBack(
  core: Core,
  { session, held, material }: Pending,
  { reviewer, image, reason }: v.InferOutput<typeof askAgainSchema>,
): Promise<Change> {
  const shot = material.shots.find(({ counts, image: { hash } }) => counts && hash === image);
  if (shot === undefined)
    throw new IdVerifyError('incomplete/image', 'no such picture in the case');
  const { method, key, exchange } = held;
  if (exchange === undefined) throw new IdVerifyError('session/conflict', 'the case is too old');
  const { step } = shot;
  const gesture = shot.insteadOf ?? shot.gesture;
  core.log({ event: 'review.asked_again', session: session.id, method });
  const change: Change = {
    session: {
      ...session,
      state: 'awaiting',
      // By an id that nobody knows: what is asked next follows it, and nothing answers it.
      exchanges: [newExchange(core, method, exchange.data, session.expiresAt)],
      // A link to a phone that was never opened leads nowhere any more.
      transfer: session.transfer?.phase === 'moved' ? session.transfer : undefined,
      retake: { method, key, step, ...(gesture && { gesture }), reason },
    },
  };
  const asked = { decision: 'ask_again', reviewer, step, ...(gesture && { gesture }), reason };
  return recorded(core, held, change, asked);
}

/** A decision takes the next place in the chain, so that it cannot be taken out unseen. */
async function recorded(
  core: Core,
  { seq: decides, method }: HeldRecord,
  change: Change,
  decision: Proof,
): Promise<Change> {
  const { session } = change;
  const { seq, prev, code } = session;
  const receivedAt = core.now();
  const proof = { ...decision, decides, at: receivedAt, prev };
  const hash = await hashOf(core.crypto, jsonBytes(proof));
  return {
    ...change,
    session: { ...session, seq: seq + 1, prev: hash },
    evidence: { seq, method, receivedAt, hash, code, checks: [], proof },
  };
}
