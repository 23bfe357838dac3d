/** Pictures beside what a handoff needs. */
import { svg } from 'lit';
import { icon } from '../../../ui/icons.ts';

/** A key: the password. */
export const keyIcon = icon(svg`<circle cx="8" cy="12" r="4" /><path d="M12 12h9v3.5M17 12v3" />`);

/** A clock. */
export const clockIcon = icon(svg`<circle cx="12" cy="12" r="8.5" /><path d="M12 7v5l3.5 2" />`);
