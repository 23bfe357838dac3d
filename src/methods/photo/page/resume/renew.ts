/** What was taken goes on under a new challenge. Loaded after a reload, or when the first one ended. */
import type { SessionClient } from '../../../../backend/session-client.ts';
import { toBase64url } from '../../../../wire/bytes.ts';
import type { Retake } from '../../../../wire/contract.ts';
import { IdVerifyError } from '../../../../wire/error.ts';
import { imageAnswer, type PhotoAnswer } from '../../../../wire/photo.ts';
import type { Shot } from '../../evidence.ts';
import { rechain } from '../log.ts';
import { countingIn, marksOf, type Progress, startOver } from '../progress.ts';
import { goOn, isAskedBy, stationsOf } from '../stepper.ts';

/**
 * The same progress under a new challenge: shots of the document and the face stay that the server
 * still has, gestures only where the same ones are asked again and none is lost, because they count
 * in the order asked; after a manifest they are done anew, unless only one photo is asked for again.
 * @param wanted what a reviewer asks for again: that station is open
 */
export async function renew(
  before: Progress,
  challenge: PhotoAnswer,
  until: number,
  isThere: (shot: Shot) => Promise<boolean>,
  wanted?: Retake,
): Promise<Progress> {
  const { stepper } = before;
  const { document, attempts } = stepper;
  const asked = document ? stationsOf(challenge, document) : [];
  const fresh = startOver(before, challenge, until);
  if (!document || asked.length === 0) return fresh;
  const there = await Promise.all(before.log.map(isThere));
  const judged = before.until === 0 && !wanted;
  const same =
    !judged &&
    there.every(Boolean) &&
    challenge.gestures.join() === before.challenge.gestures.join();
  const stations = same ? stepper.stations : asked;
  const stays = ({ step }: Shot, index: number) =>
    step === 'gesture' ? same : there[index] && asked.some((station) => station.step === step);
  const log = await rechain(before.log.filter(stays), challenge.id);
  const station = wanted && stations.find((one) => isAskedBy(wanted, one));
  const retake = station && { station: station.key, from: log.length };
  const open = { ...(same && stepper.marks), ...(station && { [station.key]: undefined }) };
  const counting = countingIn({ log, retake, stepper: { ...fresh.stepper, stations } });
  const marks = { ...open, ...marksOf(counting, stations) };
  const resumed = goOn({ ...fresh.stepper, document, stations, attempts, marks });
  return { ...fresh, stepper: resumed, log, retake };
}

/** Whether the server still has it. One that it has lost is kept nowhere else. */
export async function hasImage(
  client: SessionClient,
  { image }: Shot,
  signal: AbortSignal,
): Promise<boolean> {
  const path = `images/${toBase64url(image.sha256)}`;
  try {
    await client.ask({ method: 'GET', path, answer: imageAnswer, repeatable: true }, signal);
    return true;
  } catch (error) {
    if (error instanceof IdVerifyError && error.code === 'incomplete/image') return false;
    throw error;
  }
}
