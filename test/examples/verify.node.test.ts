import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
  buildResponse,
  DEFAULT_TRANSCRIPT,
  defaultPki,
  type ResponsePlan,
} from '../../src/testing/issuer/mdoc.ts';

const folder = await mkdtemp(join(tmpdir(), 'verify-example-'));
after(() => rm(folder, { recursive: true }));

async function run(plan: ResponsePlan): Promise<{ output: string; status: number }> {
  const files = {
    'response.cbor': buildResponse(plan),
    'transcript.cbor': DEFAULT_TRANSCRIPT,
    'root.der': defaultPki().iaca.certificate,
  };
  const names = Object.keys(files).map((name) => join(folder, name));
  await Promise.all(Object.values(files).map((bytes, i) => writeFile(names[i] as string, bytes)));
  const script = new URL('./verify.ts', import.meta.url).pathname;
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...names], (error, output) => {
      resolve({ output, status: Number(error?.code ?? 0) });
    });
  });
}

test('the example accepts a good document', async () => {
  assert.deepEqual(await run({}), { output: 'TEST document signer true\n', status: 0 });
});

test('the example names why another is refused', async () => {
  const { output, status } = await run({ status: 10 });
  assert.equal(status, 1);
  assert.match(output, /^request_mismatch\/status DeviceResponse refused: mdoc\.status/);
});
