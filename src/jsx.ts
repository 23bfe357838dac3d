/**
 * `id-verify/jsx`: `<id-verify>` in the JSX of React 19, which sets properties and listens to custom
 * events by itself. Types only: `import type {} from 'id-verify/jsx'`. Where a server has rendered
 * the page React attaches no listener of these (github.com/facebook/react/issues/35446): use a `ref`.
 */
import type * as React from 'react';
import type { IdVerify } from './index.ts';
import type { Listeners, Settings } from './markup.ts';

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
