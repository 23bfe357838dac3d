/** Why a camera cannot be asked for, or did not come. Light: the first screen asks it. */

export const TROUBLES = [
  /** Refused, now or before. */
  'denied',
  /** The question was closed without an answer. */
  'dismissed',
  'none',
  /** Another app or tab has it. */
  'busy',
  'insecure',
  /** No camera interface at all: mostly a browser inside an app. */
  'in_app',
  /** The page around this one does not let it through. */
  'embedded',
  /** It went away, or shows nothing, again and again. */
  'lost',
] as const;
export type Trouble = (typeof TROUBLES)[number];

interface Policy {
  features(): string[];
  allowsFeature(feature: string): boolean;
}

/** Known without asking anybody. */
export function cameraObstacle(): Trouble | undefined {
  if (!isSecureContext) return 'insecure';
  const page = document as { permissionsPolicy?: Policy; featurePolicy?: Policy };
  const policy = page.permissionsPolicy ?? page.featurePolicy;
  if (policy?.features().includes('camera') && !policy.allowsFeature('camera')) return 'embedded';
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  return devices?.getUserMedia ? undefined : 'in_app';
}
