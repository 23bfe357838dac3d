/**
 * A DeviceResponse judged by the low-level API, on any JavaScript runtime:
 * `node test/examples/verify.ts response.cbor transcript.cbor root.der`
 */
import { readFile } from 'node:fs/promises';
import { IdVerifyError, verifyDeviceResponse } from '../../src/verifier/index.ts';

const files = process.argv.slice(2).map((name) => readFile(name));
const [deviceResponse, sessionTranscript, root] = await Promise.all(files);
if (!deviceResponse || !sessionTranscript || !root) throw new Error('three files are needed');
const docType = 'org.iso.23220.1.jp.mnc';
try {
  const trustAnchors = [{ docType, certificates: [root] }];
  const now = Date.now();
  const document = await verifyDeviceResponse({
    deviceResponse,
    sessionTranscript,
    trustAnchors,
    docType,
    now,
  });
  console.log(document.issuer.signer, document.elements.get('org.iso.23220.1')?.get('age_over_20'));
} catch (error) {
  if (!(error instanceof IdVerifyError)) throw error;
  console.log(error.code, error.message);
  process.exitCode = 1;
}
