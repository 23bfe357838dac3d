import { verifier } from '../../../verifier';

const answer = (request: Request) => verifier.fetch(request);

export { answer as DELETE, answer as GET, answer as OPTIONS, answer as POST, answer as PUT };
