/**
 * @auth0/mdl in a thread of its own: given a name space that is no array it rejects promises that
 * nobody holds, which would end the test instead of answering it.
 */
import '../clock.ts';
import { parentPort } from 'node:worker_threads';
import { verifyByAuth0 } from '../interop/auth0-mdl.ts';

process.on('unhandledRejection', () => {});
parentPort?.on('message', async (input: Parameters<typeof verifyByAuth0>) => {
  const refusal = await verifyByAuth0(...input).then(() => undefined, String);
  parentPort?.postMessage(refusal);
});
