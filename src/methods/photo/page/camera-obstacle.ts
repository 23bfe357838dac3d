/** Why a camera cannot be asked for, or did not come. Light: the first screen asks it. */
import { isForbidden } from '../../permissions-policy.ts';

export const TROUBLES = [
  /** Refused, now or before. */
  'denied',
  /** The question was closed without an answer. */
  'dismissed',
  'none',
  /** Another app or tab has it. */
  'busy',
  /** No camera interface at all: mostly a browser inside an app. */
  'in_app',
  /** The page around this one does not let it through. */
  'embedded',
  /** It went away, or shows nothing, again and again. */
  'lost',
] as const;
export type Trouble = (typeof TROUBLES)[number];

/** Known without asking anybody; the method is offered in secure contexts only. */
export function cameraObstacle(): Trouble | undefined {
  if (isForbidden('camera')) return 'embedded';
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  return devices?.getUserMedia ? undefined : 'in_app';
}
