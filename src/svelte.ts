/**
 * `id-verify/svelte`: `<id-verify>` in the markup of Svelte 5. Types only:
 * `import type {} from 'id-verify/svelte'`.
 */
import type {} from 'svelte/elements';
import type { IdVerify } from './index.ts';
import type { Listeners, Settings } from './markup.ts';

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'id-verify': HTMLAttributes<IdVerify> & Settings & Listeners;
  }
}
