/** What a panel needs to speak: the language and its words. */
import type { Language } from '../i18n/language.ts';
import type { AllMessages } from '../screens/messages.ts';
import type { MethodId } from '../wire/contract.ts';

export interface PanelView {
  readonly lang: Language;
  readonly messages: AllMessages;
  /** A method's own words in this language, with what the page replaced (`messages.panels`). */
  words<T extends object>(method: MethodId, catalog: T): T;
}
