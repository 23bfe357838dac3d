/** `sessions/{id}/images/{sha256}`: one picture at its own address, so that sending again is safe. */
import { isAllowed } from '../../../law/law.ts';
import { toBase64url } from '../../../wire/bytes.ts';
import { hash as hashSchema } from '../../../wire/contract.ts';
import { IdVerifyError } from '../../../wire/error.ts';
import { parseAs } from '../../../wire/parse.ts';
import { IMAGE_TYPE, type ImageAnswer, imageAnswer } from '../../../wire/photo.ts';
import type { ImageRecord, MethodRoute, RouteContext } from '../../method-verifier.ts';
import { SMALLEST_SIDE } from '../resolution.ts';
import { LIMITS, type PhotoDeployment } from './config.ts';
import { type JpegSize, readJpeg } from './jpeg.ts';
import { pictureIn } from './jpeg-scan.ts';
import { receiptFor } from './receipt.ts';

export const imageRoutes = (photo: PhotoDeployment): readonly MethodRoute[] => [
  {
    operation: 'putImage',
    verb: 'PUT',
    path: 'images/{sha256}',
    summary: 'Stores one picture; the answer is the receipt, the same however often it is sent',
    bodyType: [IMAGE_TYPE],
    answer: imageAnswer,
    handle: (context) => put(photo, context),
  },
  {
    operation: 'getImageReceipt',
    verb: 'GET',
    path: 'images/{sha256}',
    summary: 'The receipt of a picture that has arrived before; never the picture',
    answer: imageAnswer,
    handle: async (context) => {
      const image = await context.images.get(named(context));
      if (image === undefined) throw new IdVerifyError('incomplete/image', 'has not arrived yet');
      return answerFor(photo, context, image);
    },
  },
];

async function put(photo: PhotoDeployment, context: RouteContext): Promise<ImageAnswer> {
  const { profile, exchanges, images } = context;
  if (profile.law !== undefined && !isAllowed(profile.law, 'photo', photo.now())) {
    throw new IdVerifyError('policy/law', 'the law of this profile does not accept photos today');
  }
  if (!exchanges.some(({ method }) => method === 'photo')) {
    throw new IdVerifyError('request_mismatch/unasked', 'no photo is being waited for');
  }
  const hash = named(context);
  const bytes = await context.bytes(LIMITS.bytes);
  if (toBase64url(await photo.crypto.digest('SHA-256', bytes)) !== hash) {
    throw new IdVerifyError('digest/image', 'the content is not what the address says');
  }
  requireSize(readJpeg(bytes));
  const print = toBase64url(await photo.crypto.digest('SHA-256', pictureIn(bytes)));
  return answerFor(photo, context, await images.put({ hash, type: IMAGE_TYPE, bytes, print }));
}

const named = ({ params: { sha256 } }: RouteContext): string =>
  parseAs(hashSchema, sha256, 'malformed/request');

function requireSize({ width, height }: JpegSize): void {
  if (Math.max(width, height) > LIMITS.maxLongSide) {
    throw new IdVerifyError('limit/dimensions', `a side is longer than ${LIMITS.maxLongSide}`);
  }
  if (Math.min(width, height) < SMALLEST_SIDE) {
    throw new IdVerifyError('limit/dimensions', `a side is shorter than ${SMALLEST_SIDE}`);
  }
}

async function answerFor(
  { crypto, receiptKey }: PhotoDeployment,
  { session }: RouteContext,
  image: ImageRecord,
): Promise<ImageAnswer> {
  const receipt = await receiptFor(crypto, receiptKey, session.id, image);
  return { receipt: toBase64url(receipt), receivedAt: image.receivedAt };
}
