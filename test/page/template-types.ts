/** What the types for Vue and Svelte let through, and what they refuse: checked by the compiler alone. */
import type { SvelteHTMLElements } from 'svelte/elements';
import type { GlobalComponents } from 'vue';
import type { IdVerifyErrorEvent, IdVerifyResultEvent } from '../../src/index.ts';
import type {} from '../../src/svelte.ts';
import type {} from '../../src/vue.ts';

type Svelte = SvelteHTMLElements['id-verify'];
type Vue = InstanceType<GlobalComponents['id-verify']>;

const ofAnError = ({ code }: IdVerifyErrorEvent) => code;
const ofAResult = ({ ref }: IdVerifyResultEvent) => ref;

export const right = [
  {
    profile: 'identity',
    methods: 'wallet jpki',
    required: true,
    class: 'wide',
  } satisfies Vue['$props'],
  { profile: 'identity', methods: 'wallet jpki', 'onid-verify-result': ofAResult } satisfies Svelte,
];

export const wrong: readonly Svelte[] = [
  // @ts-expect-error: the handler of an error is none of a result
  { 'onid-verify-result': ofAnError },
  // @ts-expect-error: misspelt
  { 'onid-verify-reslt': ofAResult },
  // @ts-expect-error: misspelt
  { profil: 'identity' },
  // @ts-expect-error: light, dark or auto
  { theme: 'sepia' },
];

export const wrongInVue: readonly Vue['$props'][] = [
  // @ts-expect-error: misspelt
  { profil: 'identity' },
  // @ts-expect-error: a list would be lost where a server renders the page
  { methods: ['wallet'] },
];

/** What a template may listen to. */
export function tell(emit: Vue['$emit'], result: IdVerifyResultEvent, error: IdVerifyErrorEvent) {
  emit('id-verify-result', result);
  // @ts-expect-error: another event
  emit('id-verify-result', error);
  // @ts-expect-error: misspelt
  emit('id-verify-reslt', result);
}
