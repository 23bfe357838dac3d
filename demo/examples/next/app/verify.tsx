'use client';

import 'id-verify/define';
import type { IdVerify } from 'id-verify';
import type {} from 'id-verify/jsx';
import { useCallback, useState } from 'react';

/**
 * Where a server renders the page, React takes over the markup as it stands: of an element of ours it
 * attaches no listener written as a property, and sets none that is not text
 * (github.com/facebook/react/issues/35446). A `ref` is called there too; so listen there, and write
 * `methods` as text.
 */
export function Verify() {
  const [status, setStatus] = useState('');
  const listen = useCallback((element: IdVerify) => {
    const listening = new AbortController();
    element.addEventListener('id-verify-result', (event) => setStatus(event.status), {
      signal: listening.signal,
    });
    return () => listening.abort();
  }, []);
  return (
    <form method="post" action="/done">
      <id-verify
        ref={listen}
        endpoint="/id-verify"
        profile="identity"
        methods="wallet jpki"
        name="ref"
      />
      <output>{status}</output>
      <button type="submit">送信</button>
    </form>
  );
}
