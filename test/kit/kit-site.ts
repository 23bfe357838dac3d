/** A site in one process: the built element, the kit's verifier, and pages whose wallet behaves as asked. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { memoryStore } from '../../src/store/memory.ts';
import { createTestKit, MNC } from '../../src/testing/index.ts';
import { createVerifier, type Verifier } from '../../src/verifier/index.ts';
import { freePort } from '../e2e/handoff.ts';

export const SUBJECT = 'member-1';

export interface KitSite {
  readonly origin: string;
  readonly verifier: Verifier;
  stop(): Promise<void>;
}

const PURPOSE = { ja: '口座開設時のご本人の確認のため', en: 'To open an account' };

/** The page at `/` takes the language, and the wallet's `mode`, from its address. */
const pageOf = ({ searchParams }: URL) => `<!doctype html>
<html lang="${searchParams.get('lang') === 'en' ? 'en' : 'ja'}"><meta charset="utf-8"><title>site</title>
<script type="module" src="/testing/wallet.js?mode=${encodeURIComponent(searchParams.get('mode') ?? '')}"></script>
<script type="module" src="/cdn/id-verify.js"></script>
<id-verify endpoint="/id-verify" profile="identity"></id-verify></html>`;

/** What a careful site sends; what breaks it stands in the page's console. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'";

export async function startKitSite(): Promise<KitSite> {
  const built = new URL('../../dist/server/node.js', import.meta.url).href;
  const { nodeHandler, packageFiles } = (await import(
    built
  )) as typeof import('../../src/server/node.ts');
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const kit = createTestKit({ origin, name: '株式会社サンプル' });
  const verifier = createVerifier({
    ...kit.options,
    authorize: async () => ({ subject: SUBJECT, profiles: ['identity'] }),
    profiles: {
      identity: {
        purpose: PURPOSE,
        claims: { name: { purpose: PURPOSE, retainDays: 0 } },
        methods: { wallet: { docType: MNC }, jpki: {} },
      },
    },
    store: memoryStore(),
  });
  async function fetch(request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (url.pathname.startsWith('/id-verify/')) return verifier.fetch(request);
    if (url.pathname !== '/') return (await kit.handle(request)) ?? packageFiles(request);
    return new Response(pageOf(url), {
      headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY },
    });
  }
  const server = createServer(nodeHandler({ origins: [origin], fetch })).listen(port, 'localhost');
  await once(server, 'listening');
  return {
    origin,
    verifier,
    async stop() {
      verifier.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
