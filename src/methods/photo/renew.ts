/** What was taken goes on under a new challenge. Loaded after a reload, or when the first one ended. */
import type { PhotoAnswer } from '../../wire/photo.ts';
import type { Shot } from './evidence.ts';
import { rechain } from './log.ts';
import { marksOf, type Progress, startOver } from './progress.ts';
import { goOn, stationsOf } from './stepper.ts';

/**
 * The same progress under a new challenge: shots of the document and the face stay, gestures only
 * where the same ones are asked again, because they count in the order asked; after a manifest they
 * are done anew.
 */
export async function renew(
  before: Progress,
  challenge: PhotoAnswer,
  until: number,
): Promise<Progress> {
  const { stepper } = before;
  const { document, attempts } = stepper;
  const asked = document ? stationsOf(challenge, document) : [];
  const fresh = startOver(before, challenge, until);
  if (!document || asked.length === 0) return fresh;
  const judged = before.until === 0;
  const same = !judged && challenge.gestures.join() === before.challenge.gestures.join();
  const stations = same ? stepper.stations : asked;
  const stays = ({ step }: Shot) =>
    step === 'gesture' ? same : asked.some((station) => station.step === step);
  const log = await rechain(before.log.filter(stays), challenge.id);
  const marks = { ...(same && stepper.marks), ...marksOf(log, stations) };
  const resumed = goOn({ ...fresh.stepper, document, stations, attempts, marks });
  return { ...fresh, stepper: resumed, log };
}
