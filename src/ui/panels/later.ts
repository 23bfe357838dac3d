/** Every screen after the first ones, as long as all goes well; loaded once those stand. */
import type { PanelContent } from '../panel.ts';
import type { LaterScene } from '../scene.ts';
import { choose } from './choose.ts';
import { confirming, done, pending, submitting } from './ends.ts';
import { review } from './review.ts';

export const laterPanels = {
  choose,
  submitting,
  review,
  confirming,
  pending,
  done,
} as const satisfies Readonly<Record<string, (scene: LaterScene) => PanelContent>>;
