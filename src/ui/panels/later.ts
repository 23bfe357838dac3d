/** Every screen after something was sent, or went wrong; loaded once the first screens stand. */
import type { FlowState } from '../../session/flow.ts';
import type { PanelContent } from '../panel.ts';
import type { LaterScene } from '../scene.ts';
import { choose } from './choose.ts';
import { confirming, done, pending, submitting } from './ends.ts';
import { cancelled, expired, failed } from './failed.ts';
import { review } from './review.ts';

export type LaterState = Exclude<
  FlowState,
  'idle' | 'preparing' | 'intro' | 'consent' | 'awaiting'
>;

export const laterPanels: Readonly<Record<LaterState, (scene: LaterScene) => PanelContent>> = {
  choose,
  submitting,
  review,
  confirming,
  pending,
  done,
  failed,
  cancelled,
  expired,
};
