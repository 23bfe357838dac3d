/**
 * What a manifest must hold against what was asked and what has arrived. Each rule throws its
 * refusal; of the page's word only that counts which the server can compare with its own.
 */
import { equalBytes, toBase64url } from '../../../wire/bytes.ts';
import { type Code, IdVerifyError } from '../../../wire/error.ts';
import type { Gesture, PhotoStep } from '../../../wire/photo.ts';
import type { EvidenceContext } from '../../method-verifier.ts';
import { DOCUMENTS, type DocumentType, isDocumentId, type Side } from '../documents.ts';
import { chainStart, type PhotoBody, type Shot, shotHash } from '../evidence.ts';
import type { Asked } from './challenge.ts';
import type { PhotoDeployment } from './config.ts';
import { readJpeg } from './jpeg.ts';
import { isReceipt } from './receipt.ts';

/** A manifest beside the server's memory of the session. */
export interface Case {
  readonly photo: PhotoDeployment;
  readonly asked: Asked;
  readonly body: PhotoBody;
  readonly context: Pick<EvidenceContext, 'images' | 'session' | 'handedOver'>;
}

type ManifestRule = (manifest: Case) => void | Promise<void>;

function demand(holds: boolean, code: Code, message: string): asserts holds {
  if (!holds) throw new IdVerifyError(code, message);
}

export const hashOf = ({ image }: Shot): string => toBase64url(image.sha256);

/** In this order; the first that does not hold decides. */
export const MANIFEST_RULES: readonly (readonly [id: string, rule: ManifestRule])[] = [
  ['photo.complete', isComplete],
  ['photo.chain', isChained],
  ['photo.document', isOfDocument],
  ['photo.steps', hasSteps],
  ['photo.gestures', hasGestures],
  ['photo.origin', hasOrigin],
  ['photo.masks', isMasked],
  ['photo.images', hasImages],
  ['photo.receipts', hasReceipts],
  ['photo.reuse', isNew],
];

function isComplete({ body: { count, shots } }: Case): void {
  const inPlace = shots.every(({ seq }, index) => seq === index);
  demand(count === shots.length && inPlace, 'malformed/manifest', 'a shot is missing or moved');
}

async function isChained({ body: { photo, shots } }: Case): Promise<void> {
  let prev = await chainStart(photo);
  for (const shot of shots) {
    demand(equalBytes(shot.prev, prev), 'digest/chain', `shot ${shot.seq} breaks the chain`);
    prev = await shotHash(shot);
  }
}

function isOfDocument({ asked, body }: Case): void {
  const known = asked.documents.some(({ id }) => id === body.document);
  demand(known, 'request_mismatch/document', 'not a document that was asked');
}

/** Each step of the document at least once, and no other; what is forbidden is no mere surplus. */
function hasSteps({ asked, body }: Case): void {
  const steps = stepsAsked(asked, body);
  const { forbidden } = typeOf(body);
  const taken = body.shots.flatMap(({ step }) => (step === 'gesture' ? [] : [step]));
  const never = taken.find((step) => forbidden.includes(step as Side));
  demand(never === undefined, 'policy/side', `the ${never} of this document may not be taken`);
  const surplus = taken.find((step) => !steps.includes(step));
  const missing = steps.find((step) => !taken.includes(step));
  demand(surplus === undefined, 'request_mismatch/steps', `${surplus} was not asked`);
  demand(missing === undefined, 'request_mismatch/steps', `${missing} is missing`);
}

const stepsAsked = (asked: Asked, { document }: PhotoBody): readonly PhotoStep[] =>
  asked.documents.find(({ id }) => id === document)?.steps ?? [];

const typeOf = ({ document }: PhotoBody): DocumentType => {
  demand(isDocumentId(document), 'unsupported/document', 'no such document');
  return DOCUMENTS[document];
};

/** The gesture that was asked where this one was done. */
export const askedFor = ({ gesture, insteadOf }: Shot): Gesture | undefined => insteadOf ?? gesture;

/**
 * In the order asked, each done or said to be impossible. Taking one again later changes nothing in
 * the order in which they were first done.
 */
function hasGestures({ asked: { gestures, spares }, body: { shots, skipped } }: Case): void {
  const done: Gesture[] = [];
  /** The face has been shown as it is, to compare with. */
  let straight = false;
  for (const shot of shots) {
    const { step, gesture, insteadOf, seq } = shot;
    const wanted = askedFor(shot);
    const moves = step === 'gesture';
    const one = moves === (gesture !== undefined) && (moves || insteadOf === undefined);
    demand(one, 'malformed/manifest', `shot ${seq}`);
    if (step === 'face') straight = true;
    if (wanted === undefined || gesture === undefined) continue;
    const fits = gestures.includes(wanted) && (insteadOf === undefined || spares.includes(gesture));
    demand(fits, 'request_mismatch/gestures', `shot ${seq} shows what was not asked`);
    demand(straight, 'request_mismatch/gestures', `shot ${seq} came before the face`);
    if (!done.includes(wanted)) done.push(wanted);
  }
  const open = gestures.filter((gesture) => !done.includes(gesture));
  const inOrder = gestures.filter((gesture) => done.includes(gesture));
  const same = inOrder.every((gesture, index) => gesture === done[index]);
  demand(same, 'request_mismatch/gestures', 'not in the order asked');
  const named = skipped.map(({ gesture }) => gesture);
  const told = named.length === open.length && open.every((gesture) => named.includes(gesture));
  demand(told, 'request_mismatch/gestures', 'a gesture was neither done nor said to be impossible');
}

export const isFile = ({ origin, capture }: Shot): boolean =>
  origin === 'file' || capture === 'file';

/**
 * Files only where they may be. Whether a phone took over is no matter of trust, the server has seen
 * it: a manifest that says otherwise is not from a page of ours.
 */
function hasOrigin({ asked, body, context: { handedOver } }: Case): void {
  const live = handedOver ? 'handoff' : 'camera';
  for (const shot of body.shots) {
    const { origin, capture, step, seq } = shot;
    demand(asked.files || !isFile(shot), 'policy/file', 'a file where only cameras may be');
    demand(step !== 'gesture' || !isFile(shot), 'policy/file', 'a file shows no movement');
    const one = (origin === 'file') === (capture === 'file');
    demand(one, 'malformed/manifest', `shot ${seq} is a file, and is none`);
    demand(
      origin === 'file' || origin === live,
      'request_mismatch/device',
      `shot ${seq} says ${origin}, and the session was ${handedOver ? '' : 'not '}handed over`,
    );
  }
}

function isMasked({ body }: Case): void {
  const { masks } = typeOf(body);
  for (const { step, masks: covered, seq } of body.shots) {
    const open = masks.find(
      ({ side, mask, required }) => required && side === step && !covered.includes(mask),
    );
    demand(open === undefined, 'policy/mask', `shot ${seq} does not cover ${open?.mask}`);
  }
}

/** What arrived is what the manifest says, read anew from the stored bytes. */
async function hasImages({ photo, body, context }: Case): Promise<void> {
  for (const shot of body.shots) {
    const { image, seq } = shot;
    const stored = await context.images.get(hashOf(shot));
    demand(stored !== undefined, 'incomplete/image', `the picture of shot ${seq} has not arrived`);
    const { width, height } = readJpeg(stored.bytes);
    const digest = await photo.crypto.digest('SHA-256', stored.bytes);
    const same =
      equalBytes(digest, image.sha256) &&
      [stored.bytes.length === image.size, width === image.width, height === image.height].every(
        Boolean,
      );
    demand(same, 'digest/image', `the picture of shot ${seq} is not as the manifest says`);
  }
}

/** By the server's clock the pictures came in the order of the shots, within this session. */
async function hasReceipts({ photo, body, context }: Case): Promise<void> {
  const { id, openedAt } = context.session;
  let last = openedAt;
  for (const shot of body.shots) {
    const hash = hashOf(shot);
    const { receivedAt = 0 } = (await context.images.get(hash)) ?? {};
    const signed = await isReceipt(shot.receipt, photo.crypto, photo.receiptKeys, id, {
      hash,
      receivedAt,
    });
    demand(signed, 'digest/receipt', `shot ${shot.seq} has a receipt this server did not give`);
    demand(receivedAt >= last, 'request_mismatch/times', `shot ${shot.seq} came too early`);
    last = receivedAt;
  }
}

/** No picture stands for two shots, here or in another session. */
async function isNew({ body, context }: Case): Promise<void> {
  const images = await Promise.all(body.shots.map((shot) => context.images.get(hashOf(shot))));
  const prints = images.flatMap((image) => image?.print ?? []);
  const twice = prints.length > new Set(prints).size;
  demand(!twice, 'policy/reused', 'one picture stands for two shots');
  for (const print of prints) {
    const used = await context.images.usedElsewhere(print);
    demand(!used, 'policy/reused', 'a picture that another session has used');
  }
}
