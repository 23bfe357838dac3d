import { kit } from '../../../verifier';

/** The simulated wallet, issuer and phone. In production this file goes. */
const answer = async (request: Request) =>
  (await kit.handle(request)) ?? new Response(null, { status: 404 });

export { answer as GET, answer as POST };
