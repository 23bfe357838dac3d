/**
 * `id-verify/vue`: `<id-verify>` in the templates of Vue 3, in the form Vue's guide gives ("Web
 * Components and TypeScript"). Types only: `import type {} from 'id-verify/vue'`.
 */
import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
import type { IdVerify, IdVerifyEventMap } from './index.ts';
import type { Settings } from './markup.ts';

type Emits = { [Name in keyof IdVerifyEventMap]: (event: IdVerifyEventMap[Name]) => void };

declare module 'vue' {
  interface GlobalComponents {
    // Checkers of templates read `$props` and `$emit`; the element itself has neither.
    'id-verify': new () => IdVerify & {
      $props: HTMLAttributes & Settings & PublicProps;
      $emit: EmitFn<Emits>;
    };
  }
}
