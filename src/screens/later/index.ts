/** Every screen after the first ones, as long as all goes well; loaded once those stand. */
import type { PanelContent } from '../../ui/panel.ts';
import { sharedStyles } from '../../ui/styles.ts';
import type { LaterView } from '../screen-view.ts';
import type { TroublePanel } from '../trouble/index.ts';
import { choose } from './choose.ts';
import { confirming, done, pending, submitting } from './outcomes.ts';
import { review } from './review.ts';
import { laterStyles } from './styles.ts';

export const styles = [sharedStyles, laterStyles];

const panels = { choose, submitting, review, confirming, pending, done };

/** The screen of a flow; its name where it is one of those for trouble, nothing while it loads. */
export function laterPanel(view: LaterView): PanelContent | TroublePanel | undefined {
  const { flow, run, session, availableMethods } = view.snapshot;
  switch (flow.state) {
    case 'idle':
    case 'preparing':
    case 'intro':
    case 'awaiting':
      return run?.render('awaiting', view);
    case 'consent':
      return run?.render('consent', view);
    case 'choose':
      // The session is there, and what this browser can do of it is still to come.
      if (availableMethods.length === 0 && session?.methods.length) return undefined;
      return availableMethods.some(({ availability }) => availability.usable)
        ? choose(view)
        : 'noneUsable';
    case 'failed':
    case 'cancelled':
    case 'expired':
      return flow.state;
    default:
      return panels[flow.state](view);
  }
}
