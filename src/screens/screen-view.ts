/** What a panel of the element is drawn from: pure data and intents, no DOM. */
import type { Session, Snapshot } from '../session/api.ts';
import type { PanelView } from '../ui/view.ts';
import type { FirstMessages, TroubleMessages } from './messages.ts';

/** Before the later words are here. */
export interface ScreenView extends Omit<PanelView, 'messages'> {
  readonly messages: FirstMessages;
  readonly snapshot: Snapshot;
  readonly session: Session;
  /** The service's name in this language, or ours while nobody has said it. */
  readonly service: string;
  /** How long this screen has been waited at: 0, then 1 after 2 s, then 2 after 10 s. */
  readonly waitStage: 0 | 1 | 2;
  /** The page keeps the element closed, for example in a `<fieldset disabled>`. */
  readonly disabled: boolean;
  announce(text: string): void;
}

export interface LaterView extends ScreenView, PanelView {
  readonly messages: PanelView['messages'];
}

export interface TroubleView extends LaterView {
  readonly messages: LaterView['messages'] & TroubleMessages;
}
