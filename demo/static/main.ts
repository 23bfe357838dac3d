/**
 * The demo without a server: the real verifier, on a memory store, with test issuer, wallet and phone
 * in this page. Then the page is the same as with one.
 */
import { http } from 'msw';
import { profilesWith } from '../../src/testing/scenarios.ts';
import { createTestSite } from '../../src/testing/site.ts';
import { SAMPLE } from '../sample.ts';
import { asSent } from './as-sent.ts';
import { noStream, startWorker } from './worker.ts';

const { origin } = location;
/** Where the folder lies on its host. */
const folder = new URL('.', document.baseURI).pathname.slice(0, -1);

const site = createTestSite({
  origin,
  relyingParty: SAMPLE,
  profiles: profilesWith({ handoffs: false, photos: false }),
});
setInterval(() => void site.verifier.sweep(), 30_000);

const answer = http.all(`${folder}/*`, async ({ request }) =>
  site.fetch(await asSent(request, folder)),
);

/** Not at the module's top: what the verifier loads on its way imports this very file. */
async function begin(): Promise<void> {
  await startWorker([noStream, answer], `${folder}/mockServiceWorker.js`);
  document.getElementById('no-server')?.removeAttribute('hidden');
  await import('../page/main.ts');
}
void begin();
