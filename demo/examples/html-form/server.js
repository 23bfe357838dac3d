// Nothing but Node: the page, the verifier, and the form it ends in.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
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

/** The form: here, and nowhere else, the site learns who it is. */
async function done(request) {
  const form = await request.formData();
  const result = await verifier.redeem(form.get('ref'), {
    subject: 'member-1',
    profile: 'identity',
    acceptTest: true, // the simulated wallet's; never in production
  });
  console.log(result.status, result.method, result.claims.name, form.get('account'));
  return new Response(result.status);
}

async function fetch(request) {
  const { pathname } = new URL(request.url);
  if (pathname.startsWith('/id-verify/')) return verifier.fetch(request);
  if (pathname === '/done') return done(request);
  if (pathname === '/') {
    const headers = { 'content-type': 'text/html; charset=utf-8' };
    return new Response(await readFile('index.html'), { headers });
  }
  return (await kit.handle(request)) ?? packageFiles(request);
}

createServer(nodeHandler({ origins: [origin], fetch })).listen(Number(new URL(origin).port));
