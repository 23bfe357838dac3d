/** `POST sessions/{id}/photo`: what is to be photographed, movements in an order nobody can know. */
import type { CryptoProvider } from '../../../crypto/provider.ts';
import { IdVerifyError } from '../../../wire/error.ts';
import { parseAs } from '../../../wire/parse.ts';
import {
  GESTURES,
  type Gesture,
  PHOTO_STEPS,
  type PhotoAnswer,
  type PhotoStep,
  photoAnswer,
} from '../../../wire/photo.ts';
import * as v from '../../../wire/schema.ts';
import type { Exchange, MethodRoute, RouteContext } from '../../method-verifier.ts';
import { DOCUMENTS, type DocumentId, type DocumentType } from '../documents.ts';
import type { PhotoSettings } from '../settings.ts';
import { LIMITS, type PhotoDeployment, takesFiles } from './config.ts';

/** Long enough for a person in no hurry, on a slow uplink. */
const ANSWERABLE = 30 * 60_000;

/** What the server keeps of its question. */
const askedSchema = v.strictObject({
  documents: photoAnswer.shape.entries.documents,
  gestures: photoAnswer.shape.entries.gestures,
  spares: photoAnswer.shape.entries.spares,
  files: v.boolean(),
});
export type Asked = v.InferOutput<typeof askedSchema>;

export const askedIn = ({ data }: Exchange): Asked => parseAs(askedSchema, data, 'config/exchange');

export const challengeRoute = (photo: PhotoDeployment): MethodRoute => ({
  operation: 'preparePhoto',
  verb: 'POST',
  path: 'photo',
  summary: 'What is to be photographed, in which order',
  answer: photoAnswer,
  handle: (context) => ask(photo, context),
});

async function ask(photo: PhotoDeployment, context: RouteContext): Promise<PhotoAnswer> {
  const { profile, exchanges, open } = context;
  const settings = profile.methods.photo;
  if (settings === undefined) throw new IdVerifyError('policy/method', 'no photos in this profile');
  // Asking again while an answer is awaited leads to no easier movements.
  const before = exchanges.findLast(({ method }) => method === 'photo');
  const asked: Asked = {
    documents: settings.documents.map((id) => ({ id, steps: stepsOf(id) })),
    ...(before ? movementsOf(askedIn(before)) : newMovements(photo.crypto, settings)),
    files: takesFiles(profile),
  };
  const { id, answerableUntil } = await open('photo', asked, ANSWERABLE, 'prolong');
  return { id, now: photo.now(), expiresAt: answerableUntil, limits: LIMITS, ...asked };
}

/** The sides the document has and nobody forbids, its edge if that tells something, and the face. */
export function stepsOf(document: DocumentId): PhotoStep[] {
  const { sides, forbidden, thickness }: DocumentType = DOCUMENTS[document];
  const shown = PHOTO_STEPS.filter((step) => {
    if (step === 'face') return true;
    return step === 'thickness' ? thickness : sides.includes(step) && !forbidden.includes(step);
  });
  return shown;
}

const movementsOf = ({ gestures, spares }: Asked) => ({ gestures, spares });

function newMovements(crypto: CryptoProvider, { gestures = 2 }: PhotoSettings) {
  const order = shuffled(crypto, GESTURES);
  return { gestures: order.slice(0, gestures), spares: gestures > 0 ? order.slice(gestures) : [] };
}

/** Every order as likely as any other. */
function shuffled(crypto: CryptoProvider, gestures: readonly Gesture[]): Gesture[] {
  const left = [...gestures];
  return gestures.flatMap(() => left.splice(randomBelow(crypto, left.length), 1));
}

function randomBelow(crypto: CryptoProvider, limit: number): number {
  for (;;) {
    const [byte = 0] = crypto.randomBytes(1);
    if (byte < 256 - (256 % limit)) return byte % limit;
  }
}
