import { verifier } from '../../verifier';

/** The form: here, and nowhere else, the site learns who it is. */
export async function POST(request: Request) {
  const ref = String((await request.formData()).get('ref'));
  const result = await verifier.redeem(ref, {
    subject: 'member-1',
    profile: 'identity',
    acceptTest: true, // the simulated wallet's; never in production
  });
  console.log(result.status, result.method, result.claims.name);
  return new Response(result.status);
}
