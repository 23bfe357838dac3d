// Express 5: what `vite build` made, the verifier, and where the page sends its reference.
import express from 'express';
import { nodeHandler, packageFiles } from 'id-verify/node';
import { createTestKit } from 'id-verify/testing';
import { createVerifier, memoryStore } from 'id-verify/verifier';

const origin = process.env.ORIGIN ?? 'http://localhost:3000';
const purpose = { ja: '口座開設時のご本人の確認のため', en: 'To open an account' };
const kit = createTestKit({ origin, name: '株式会社サンプル' });
const verifier = createVerifier({
  ...kit.options,
  authorize: async () => ({ subject: 'member-1', profiles: ['identity'] }), // your own login decides here
  profiles: {
    identity: {
      purpose,
      claims: { name: { purpose, retainDays: 0 } },
      methods: { wallet: { docType: 'org.iso.23220.1.jp.mnc' }, jpki: {} },
    },
  },
  store: memoryStore(),
});

const app = express();
// Before any body parser: the verifier reads its bodies itself.
app.use('/id-verify', nodeHandler(verifier));
// The simulated wallet, issuer and phone. In production these lines go.
const simulated = async (request) => (await kit.handle(request)) ?? packageFiles(request);
app.use(['/demo', '/testing'], nodeHandler({ origins: [origin], fetch: simulated }));

app.use(express.static('dist'));
app.post('/done', express.urlencoded(), async (request, response) => {
  const result = await verifier.redeem(request.body.ref, {
    subject: 'member-1',
    profile: 'identity',
    acceptTest: true, // the simulated wallet's; never in production
  });
  console.log(result.status, result.method, result.claims.name);
  response.send(result.status);
});
app.listen(Number(new URL(origin).port));
