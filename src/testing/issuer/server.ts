/** What the test issuer publishes: its revocation list and its status list, made anew each time. */
import type { TestPki } from './pki.ts';
import { STATUS, statusListCwt, statusListJwt } from './status.ts';
import { revocationList } from './x509.ts';

/** The index whose document is revoked; the simulated wallet uses it in mode `revoked`. */
export const REVOKED_INDEX = 1;
/** Of the document issued anew after that one. */
export const RENEWED_INDEX = 2;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Serves `GET /demo/issuer/iaca.crl` and `GET /demo/issuer/status` (CWT, or JWT by `Accept`).
 * @returns undefined for any other request
 */
export function issuerHandler(
  pki: TestPki,
  now: () => Date = () => new Date(),
): (request: Request) => Response | undefined {
  return (request) => {
    const { pathname, origin } = new URL(request.url);
    if (request.method !== 'GET') return undefined;
    // Some time ago, as lists are: who asks took its time before the question.
    const issuedAt = new Date(now().getTime() - HOUR);
    const tomorrow = new Date(issuedAt.getTime() + DAY);
    if (pathname === '/demo/issuer/iaca.crl') {
      const plan = { issuer: pki.iaca, thisUpdate: issuedAt, nextUpdate: tomorrow, revoked: [] };
      return answer(revocationList(plan), 'application/pkix-crl');
    }
    if (pathname !== '/demo/issuer/status') return undefined;
    const plan = {
      signer: pki.statusSigner,
      uri: `${origin}${pathname}`,
      statuses: { [REVOKED_INDEX]: STATUS.invalid },
      issuedAt,
      expiresAt: tomorrow,
    };
    return request.headers.get('accept')?.includes('statuslist+jwt')
      ? answer(statusListJwt(plan), 'application/statuslist+jwt')
      : answer(statusListCwt(plan), 'application/statuslist+cwt');
  };
}

const answer = (body: BodyInit, type: string): Response =>
  new Response(body, { headers: { 'content-type': type, 'cache-control': 'no-store' } });
