import type { TemplateResult } from 'lit';
import { cardIcon, chipIcon, phoneKeyIcon } from '../../../ui/icons.ts';
import type { Rung } from '../../../wire/opening.ts';
import type { MethodEntry } from '../../method.ts';

/** A rung an app on a phone answers for: this browser only shows the way there. */
const rung = (id: Rung, icon: TemplateResult): MethodEntry => ({
  id,
  icon,
  availability: () => ({ usable: true }),
  load: () => import('./module.ts'),
});

export const handoff: readonly MethodEntry[] = [
  rung('jpki', cardIcon),
  rung('jpki-mobile', phoneKeyIcon),
  rung('ic-chip', chipIcon),
];
