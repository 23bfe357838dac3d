/** Pictures of the later screens. */
import { svg } from 'lit';
import { crossIcon, icon, tickIcon } from '../../ui/icons.ts';

/** A tick in a circle: it is complete. */
export const doneIcon = svg`<svg class="seal" viewBox="0 0 72 72" aria-hidden="true"><circle cx="36" cy="36" r="36" /><path d="m22 37.5 10 10 19-22" /></svg>`;

/** A clock in a circle: somebody will look at it. */
export const waitingIcon = svg`<svg class="seal" viewBox="0 0 72 72" aria-hidden="true"><circle cx="36" cy="36" r="36" /><path d="M36 20v17l11 7" /></svg>`;

/** A bar in a ring: it ended, and that is neither good nor bad. */
export const neutralIcon = svg`<svg class="seal neutral" viewBox="0 0 72 72" aria-hidden="true"><circle cx="36" cy="36" r="33" /><path d="M24 36h24" /></svg>`;

/** Comparison outcomes, told apart by their shape and not by colour alone. */
export const matchIcon = {
  match: tickIcon,
  mismatch: crossIcon,
  undetermined: icon(
    svg`<path d="M9 9.2c0-1.8 1.3-3 3-3s3 1.1 3 2.7c0 2.2-3 2.3-3 4.7M12 17.2v.6" />`,
  ),
} as const;
