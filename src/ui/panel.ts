/**
 * The anatomy every screen shares: one heading that says where the person is, one body, one primary
 * action, at most one secondary, quiet links below.
 */
import type { TemplateResult } from 'lit';

export interface Action {
  readonly label: string;
  readonly run: (event: Event) => void;
  /** Shown but not usable yet; the label says why ("preparing"). */
  readonly busy?: boolean;
  /** A real link, where the action leaves the page. */
  readonly href?: string;
}

export interface PanelContent {
  readonly heading: string;
  readonly body: TemplateResult;
  readonly primary?: Action;
  readonly secondary?: Action;
  readonly links?: readonly Action[];
  /** Which bar of the rail is reached: 1 what is asked, 2 proving it, 3 checking it. */
  readonly step: 1 | 2 | 3;
  /** Changes when focus should move to the heading and the heading be announced. */
  readonly key: string;
}
