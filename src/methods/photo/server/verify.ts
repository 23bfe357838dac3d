/**
 * The server half of the photo rung. It can tell that a set of pictures is complete, in order and of
 * this session; whose they are, and whether a camera took them, only a person can judge.
 */

import { parseBody } from '../../../wire/body.ts';
import { IdVerifyError } from '../../../wire/error.ts';
import type {
  Check,
  Deployment,
  EvidenceContext,
  MethodVerifier,
  Proof,
  Verdict,
} from '../../method-verifier.ts';
import { photoBody, type Shot } from '../evidence.ts';
import type { PhotoOptions } from '../settings.ts';
import { askedIn, challengeRoute } from './challenge.ts';
import { checkPhoto, type PhotoDeployment, reviewTime, takesFiles } from './config.ts';
import { imageRoutes } from './images.ts';
import { type Case, hashOf, MANIFEST_RULES } from './manifest.ts';
import { flagsOf, materialOf } from './material.ts';

/** @throws IdVerifyError `config/*` */
export function photoVerifier(deployment: Deployment, options: PhotoOptions): MethodVerifier {
  const photo = checkPhoto(deployment, options);
  return {
    methods: ['photo'],
    environment: 'production',
    routes: [challengeRoute(photo), ...imageRoutes(photo)],
    offer: (_, profile) => {
      const settings = profile.methods.photo;
      if (settings === undefined) return undefined;
      const { documents, gestures } = settings;
      return {
        method: 'photo',
        documents: [...documents],
        gestures: gestures !== 0,
        files: takesFiles(profile),
      };
    },
    exchangeOf: (body) => parseBody(photoBody, body).photo,
    verify: (context) => verify(photo, context),
    material: (body, proof) => materialOf(parseBody(photoBody, body), proof),
  };
}

async function verify(photo: PhotoDeployment, context: EvidenceContext): Promise<Verdict> {
  const settings = context.profile.methods.photo;
  if (settings === undefined) throw new IdVerifyError('policy/method', 'no photos in this profile');
  const body = parseBody(photoBody, context.body);
  const manifest: Case = { photo, asked: askedIn(context.exchange), body, context };
  const checks: Check[] = [];
  const proof = proofOf(manifest);
  for (const [id, rule] of MANIFEST_RULES) {
    try {
      await rule(manifest);
      checks.push({ id, outcome: 'passed' });
    } catch (error) {
      if (!(error instanceof IdVerifyError) || error.category === 'config') throw error;
      const { code, message } = error;
      checks.push({ id, outcome: 'failed', code, detail: message });
      return { outcome: 'refused', code, checks, proof };
    }
  }
  checks.push(cameraCheck);
  return {
    outcome: 'pending',
    checks,
    crossDevice: context.handedOver,
    proof,
    decideBy: photo.now() + reviewTime(settings),
    images: body.shots.map(hashOf),
    ...(photo.imageMemory > 0 && { rememberUntil: photo.now() + photo.imageMemory }),
  };
}

/** A page's word on where a picture comes from proves nothing, whoever signs it. */
const cameraCheck: Check = {
  id: 'photo.camera',
  outcome: 'undetermined',
  code: 'undetermined/camera',
};

/** The order, the hashes and the flags: no picture, nothing that can be read in one. */
function proofOf({ photo: { now }, asked, body, context: { session } }: Case): Proof {
  const { photo, document, shots } = body;
  return {
    photo,
    document,
    gestures: asked.gestures,
    flags: flagsOf(body, { from: session.openedAt, to: now() }),
    shots: shots.map(shotProof),
  };
}

const shotProof = (shot: Shot) => ({
  step: shot.gesture ?? shot.step,
  sha256: hashOf(shot),
  width: shot.image.width,
  height: shot.image.height,
  origin: shot.origin,
});
