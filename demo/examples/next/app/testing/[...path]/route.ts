import { packageFiles } from 'id-verify/node';

/** The script of the simulated wallet. In production this file goes. */
export const GET = (request: Request) => packageFiles(request);
