/** Pictures of the photo screens; the words beside them say the same. */
import { svg } from 'lit';
import { icon } from '../../../../ui/icons.ts';

export const torchIcon = icon(svg`<path d="M13 2.5 5.5 13.5H11l-1 8 7.5-11H12z" />`);

export const lensIcon = icon(
  svg`<path d="M3 9a2 2 0 0 1 2-2h2.2l1.3-2h7l1.3 2H19a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2z" /><path d="M8.6 12.4a3.5 3.5 0 0 1 6.4-1.2M15.4 13.6A3.5 3.5 0 0 1 9 14.8M15.2 9.2v2.2H13M8.8 16.8v-2.2H11" />`,
);
