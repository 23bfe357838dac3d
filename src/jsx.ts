/**
 * `id-verify/jsx`: `<id-verify>` in the JSX of React 19, which sets properties and listens to custom
 * events by itself. Types only: `import type {} from 'id-verify/jsx'`. Where a server has rendered
 * the page React attaches no listener of these (github.com/facebook/react/issues/35446): use a `ref`.
 */
import type * as React from 'react';
import type { IdVerify, IdVerifyEventMap } from './index.ts';

type Listeners = {
  [Name in keyof IdVerifyEventMap as `on${Name}`]?: (event: IdVerifyEventMap[Name]) => void;
};

type Settings = Partial<
  Pick<IdVerify, 'endpoint' | 'session' | 'profile' | 'theme' | 'name' | 'required' | 'messages'>
> & {
  /** As the attribute: `wallet jpki`. A list would be lost where a server renders the page. */
  methods?: string;
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'id-verify': React.HTMLAttributes<IdVerify> &
        React.RefAttributes<IdVerify> &
        Settings &
        Listeners;
    }
  }
}
