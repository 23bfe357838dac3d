import 'id-verify/define';
import type {} from 'id-verify/jsx';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';

/** The browser's event says how it ended; who it was, only the server learns, by the reference. */
function Verify() {
  const [said, setSaid] = useState('');
  const redeem = async (ref: string) => {
    const answer = await fetch('/done', { method: 'POST', body: new URLSearchParams({ ref }) });
    setSaid(await answer.text());
  };
  return (
    <>
      <id-verify
        endpoint="/id-verify"
        profile="identity"
        onid-verify-result={(event) => void redeem(event.ref)}
      />
      <output>{said}</output>
    </>
  );
}

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Verify />
    </StrictMode>,
  );
}
