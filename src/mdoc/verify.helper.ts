/** A response of the test issuer, verified as a caller would who trusts that issuer alone. */
import assert from 'node:assert/strict';
import { buildResponse, DEFAULT_TRANSCRIPT, type ResponsePlan } from '../testing/issuer/mdoc.ts';
import { createTestPki } from '../testing/issuer/pki.ts';
import { MdocRefusedError } from './report.ts';
import { verifyDeviceResponse } from './verify-device-response.ts';
import type { VerifyDeviceResponseOptions } from './verify-options.ts';

export const docType = 'org.iso.23220.1.jp.mnc';
export const CARD = 'org.iso.23220.1.jp';
export const NOW = Date.now();
export const DAY = 86_400_000;
export const pki = createTestPki();
export const days = (count: number) => new Date(NOW + count * DAY);

export function verify(
  plan: ResponsePlan = {},
  options: Partial<VerifyDeviceResponseOptions> = {},
) {
  return verifyDeviceResponse({
    deviceResponse: buildResponse({ pki, ...plan }),
    sessionTranscript: DEFAULT_TRANSCRIPT,
    trustAnchors: [{ docType, certificates: [pki.iaca.certificate] }],
    docType,
    now: NOW,
    ...options,
  });
}

export async function refusalOf(run: Promise<unknown>): Promise<MdocRefusedError> {
  try {
    await run;
  } catch (error) {
    assert.ok(error instanceof MdocRefusedError, String(error));
    return error;
  }
  throw new assert.AssertionError({ message: 'was accepted' });
}
