/** Which of a device's cameras can photograph a document or a face, best first. */
import type { Facing } from './open-stream.ts';

export interface Lens {
  readonly deviceId: string;
  readonly label: string;
}

/** Cameras that see no light, or nothing real. */
const USELESS = /infra-?red|\bir\b|赤外線|depth|深度|desk view|デスクビュー|virtual|仮想/i;
const BACK = /back|rear|environment|背面|外側|後ろ|arrière|rück|trasera|posteriore|후면|后置/i;
const FRONT = /front|user|selfie|face ?time|前面|内側|インカメラ|前置|avant|frontal/i;
/** Focus from about 2 cm by changing lenses on their own; single wide ones blur below 15 to 20 cm. */
const CLOSE_UP = /dual wide|triple|デュアル広角|トリプル/i;
/** The main one of an Android phone, with autofocus; others of the same side may have none. */
const MAIN = /camera2? 0\b/i;
const NARROW = /tele|望遠|ultra|超広角/i;

const isPreferred = (label: string): boolean => CLOSE_UP.test(label) || MAIN.test(label);

/** @param devices as `enumerateDevices` lists them; labels are empty before permission */
export function lensesFor(devices: readonly MediaDeviceInfo[], facing: Facing): Lens[] {
  const rank = ({ label }: Lens): number => {
    const [wanted, other] = facing === 'environment' ? [BACK, FRONT] : [FRONT, BACK];
    const side = wanted.test(label) ? 0 : other.test(label) ? 20 : 10;
    const kind = isPreferred(label) ? 0 : NARROW.test(label) ? 2 : 1;
    return side + (facing === 'environment' ? kind : 0);
  };
  return devices
    .filter(({ kind, label }) => kind === 'videoinput' && !USELESS.test(label))
    .map(({ deviceId, label }) => ({ deviceId, label }))
    .sort((one, other) => rank(one) - rank(other));
}

/** A lens that is better for documents than the one the browser picked, where the label says so. */
export function betterLens(
  lenses: readonly Lens[],
  current: string | undefined,
  facing: Facing,
): Lens | undefined {
  const [best] = lenses;
  const wanted = facing === 'environment' && best && isPreferred(best.label);
  return wanted && best.deviceId !== current ? best : undefined;
}

/** The one after the current, round and round; an unknown one counts as the first. */
export function nextLens(lenses: readonly Lens[], current: string | undefined): Lens | undefined {
  if (lenses.length < 2) return undefined;
  const place = Math.max(
    0,
    lenses.findIndex(({ deviceId }) => deviceId === current),
  );
  return lenses[(place + 1) % lenses.length];
}
