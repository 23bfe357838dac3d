interface Policy {
  features(): string[];
  allowsFeature(feature: string): boolean;
}

/**
 * Whether a page around this one does not let a feature through. Only Chromium tells, in some
 * versions by the former name; a feature it does not know is forbidden by nobody.
 */
export function isForbidden(feature: string): boolean {
  const page = document as { permissionsPolicy?: Policy; featurePolicy?: Policy };
  const policy = page.permissionsPolicy ?? page.featurePolicy;
  return policy?.features().includes(feature) === true && !policy.allowsFeature(feature);
}

/** Whether another page shows this one: the policy may then be that page's, else it is our own. */
export const isFramed = (): boolean => window.parent !== window;
