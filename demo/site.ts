/** The demo site's own server side: who is logged in, and what it does with a result. */

import { isScenario, memberOf } from '../src/testing/scenarios.ts';
import { IdVerifyError, type Verifier } from '../src/verifier/index.ts';
import * as v from '../src/wire/schema.ts';

const redeemBody = v.strictObject({ ref: v.string(), scenario: v.string() });

/** Serves `POST /demo/redeem` with `{ ref, scenario }`. @returns undefined for any other request */
export function siteHandler(
  verifier: Verifier,
): (request: Request) => Promise<Response | undefined> {
  return async (request) => {
    if (new URL(request.url).pathname !== '/demo/redeem') return undefined;
    if (request.method !== 'POST') return new Response(null, { status: 405 });
    const parsed = v.safeParse(redeemBody, await request.json().catch(() => undefined));
    if (!parsed.success || !isScenario(parsed.output.scenario)) {
      return new Response(null, { status: 400 });
    }
    const { ref, scenario } = parsed.output;
    try {
      const expectation = { subject: memberOf(scenario), profile: scenario, acceptTest: true };
      const result = await verifier.redeem(ref, expectation);
      return Response.json(result, { headers: { 'cache-control': 'no-store' } });
    } catch (error) {
      if (!(error instanceof IdVerifyError)) throw error;
      return Response.json({ code: error.code }, { status: 404 });
    }
  };
}

/** At most `limit` calls of an operation within `span` milliseconds, over all callers. */
export function fixedWindow(limit: number, span: number): (operation: string) => boolean {
  const windows = new Map<string, { ends: number; used: number }>();
  return (operation) => {
    const now = Date.now();
    const open = windows.get(operation);
    const window = open && open.ends > now ? open : { ends: now + span, used: 0 };
    window.used += 1;
    windows.set(operation, window);
    return window.used <= limit;
  };
}
