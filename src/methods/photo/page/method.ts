import { cameraIcon } from '../../../ui/icons.ts';
import type { MethodEntry } from '../../method.ts';
import { cameraObstacle } from './camera-obstacle.ts';

/** A document and the face, photographed. The last rung: evidence for a person who decides later. */
export const photo: MethodEntry = {
  id: 'photo',
  icon: cameraIcon,
  availability(offer) {
    const files = offer.method === 'photo' && offer.files;
    if (!isSecureContext) return { usable: false, code: 'blocked/insecure_context' };
    return cameraObstacle() && !files
      ? { usable: false, code: 'unavailable/no_camera' }
      : { usable: true };
  },
  load: () => import('./run.ts'),
};
