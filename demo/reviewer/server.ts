/**
 * What the reviewer's page asks. Anybody at this machine may call it, and nobody else: a real site
 * lets its own staff in, by its own login, and names them.
 */
import { IdVerifyError, type Sender, type Verifier } from '../../src/verifier/index.ts';
import { isThisMachine } from '../handoff.ts';

const BASE = '/demo/reviewer/reviews';
const REVIEWER = 'demo-reviewer';
const NO_STORE = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** Serves everything below `/demo/reviewer/reviews`. @returns undefined for any other request */
export function reviewerHandler({
  reviews,
}: Pick<Verifier, 'reviews'>): (request: Request, from: Sender) => Promise<Response | undefined> {
  return async (request, from) => {
    const { pathname } = new URL(request.url);
    if (pathname !== BASE && !pathname.startsWith(`${BASE}/`)) return undefined;
    if (!isThisMachine(from) || !isOwnPage(request)) return new Response(null, { status: 403 });
    const [id, images, hash, ...more] = pathname.slice(BASE.length + 1).split('/');
    if (more.length > 0 || (images ?? 'images') !== 'images') return undefined;
    try {
      if (request.method === 'POST' && id && !images) return json(await decide(id, request));
      if (request.method !== 'GET') return new Response(null, { status: 405 });
      if (!id) return json(await reviews.list({ signal: request.signal }));
      if (!hash) return json(await reviews.get(id));
      const { bytes, type } = await reviews.image(id, hash);
      return new Response(new Uint8Array(bytes), {
        headers: { ...NO_STORE, 'content-type': type },
      });
    } catch (error) {
      if (!(error instanceof IdVerifyError)) throw error;
      return json({ code: error.code }, error.category === 'session' ? 404 : 422);
    }
  };

  async function decide(id: string, request: Request) {
    const { decision: word, ...rest } = await request.json().catch(() => ({}));
    if (word === 'ask_again') {
      await reviews.askAgain(id, { ...rest, reviewer: REVIEWER });
      return { status: 'asked' };
    }
    const decision = { decision: word, ...rest };
    const { status } = await reviews.decide(id, { ...decision, reviewer: REVIEWER });
    return { status };
  }
}

const json = (value: unknown, status = 200): Response =>
  Response.json(value, { status, headers: NO_STORE });

/** A page of this very origin. */
function isOwnPage({ url, headers, method }: Request): boolean {
  const site = headers.get('sec-fetch-site') ?? 'same-origin';
  return method === 'GET' ? site === 'same-origin' : headers.get('origin') === new URL(url).origin;
}
