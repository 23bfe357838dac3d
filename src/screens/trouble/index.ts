/** The screens of a flow that stopped, or cannot start; loaded when one of them is needed. */
import type { PanelContent } from '../../ui/panel.ts';
import type { TroubleView } from '../screen-view.ts';
import { cancelled, expired, failed, noneUsable } from './failed.ts';
import { troubleStyles } from './styles.ts';

export const styles = [troubleStyles];

export const troublePanels = {
  failed,
  cancelled,
  expired,
  noneUsable,
} as const satisfies Readonly<Record<string, (view: TroubleView) => PanelContent>>;

export type TroublePanel = keyof typeof troublePanels;
