/** Device authentication, ISO/IEC 18013-5 9.1.3: the wallet holds the key the issuer signed, in this session. */

import { readCose, verifyMac0, verifySign1 } from '../crypto/cose.ts';
import type { CryptoProvider, EcPrivateJwk } from '../crypto/provider.ts';
import { publicKeyFromCose } from '../crypto/public-key.ts';
import type { Fail } from '../trust/refusal.ts';
import { utf8 } from '../wire/bytes.ts';
import type { CborValue } from '../wire/cbor.ts';
import { MDOC_RULES } from '../wire/cbor-rules.ts';
import { asMap, asText, asTextMap } from '../wire/fields.ts';
import { readPart } from '../wire/reader.ts';
import { embed, writeCbor } from '../wire/writer.ts';
import { authenticationBytes } from './authentication.ts';
import type { DeviceSigned, MdocDocument } from './device-response.ts';
import type { MobileSecurityObject } from './mso.ts';
import type { MdocCode } from './refusals.ts';
import type { ElementName } from './requested.ts';

export interface DeviceAuthInput {
  readonly document: MdocDocument;
  readonly mso: MobileSecurityObject;
  /** Encoded SessionTranscript, computed by the verifier itself. */
  readonly sessionTranscript: Uint8Array;
  /** Needed for deviceMac only. */
  readonly readerKey: EcPrivateJwk | undefined;
  readonly crypto: CryptoProvider;
}

/**
 * Checks the signature or MAC, and that the device signed nothing it was not authorised to.
 * @returns the elements the device signed
 */
export async function checkDeviceAuth(
  input: DeviceAuthInput,
  fail: Fail<MdocCode>,
): Promise<readonly ElementName[]> {
  const { document, mso } = input;
  const { deviceSigned } = document;
  if (!deviceSigned) {
    fail('device_binding/missing', { where: 'deviceSigned' });
    return [];
  }
  const { deviceAuth } = deviceSigned;
  const signature = deviceAuth.get('deviceSignature');
  const mac = deviceAuth.get('deviceMac');
  if ((signature === undefined) === (mac === undefined)) {
    fail(signature === undefined ? 'device_binding/missing' : 'device_binding/ambiguous', {
      where: 'deviceAuth',
    });
  } else if (signature !== undefined) await checkSignature(signature, deviceSigned, input, fail);
  else await checkMac(mac, deviceSigned, input, fail);
  const names = deviceSignedElements(deviceSigned);
  checkAuthorizations(names, mso, fail);
  return names;
}

/** `#6.24(bstr .cbor DeviceAuthentication)`, the transcript and namespaces as received. */
function deviceAuthenticationBytes(
  { sessionTranscript, document }: DeviceAuthInput,
  { nameSpaces }: DeviceSigned,
): Uint8Array {
  return authenticationBytes(
    'DeviceAuthentication',
    sessionTranscript,
    writeCbor(document.docType),
    nameSpaces.encoded,
  );
}

async function checkSignature(
  value: CborValue,
  deviceSigned: DeviceSigned,
  input: DeviceAuthInput,
  fail: Fail<MdocCode>,
): Promise<void> {
  const message = readCose(value, 'deviceSignature');
  if (message.payload) fail('device_binding/attached_payload', { where: 'deviceSignature' });
  const payload = deviceAuthenticationBytes(input, deviceSigned);
  const key = publicKeyFromCose(input.mso.deviceKey);
  if (!(await verifySign1(message, payload, key, input.crypto))) {
    fail('device_binding/signature', { where: 'deviceSignature' });
  }
}

async function checkMac(
  value: CborValue | undefined,
  deviceSigned: DeviceSigned,
  input: DeviceAuthInput,
  fail: Fail<MdocCode>,
): Promise<void> {
  const { crypto, readerKey } = input;
  const message = readCose(value, 'deviceMac');
  if (message.payload) fail('device_binding/attached_payload', { where: 'deviceMac' });
  if (!readerKey) {
    fail('device_binding/no_reader_key', { where: 'deviceMac' });
    return;
  }
  const shared = await crypto.ecdh(readerKey, publicKeyFromCose(input.mso.deviceKey));
  const transcriptBytes = embed(input.sessionTranscript).encoded;
  const salt = await crypto.digest('SHA-256', transcriptBytes);
  const macKey = await crypto.hkdf(shared, salt, utf8('EMacKey'), 32);
  const payload = deviceAuthenticationBytes(input, deviceSigned);
  if (!(await verifyMac0(message, payload, macKey, crypto))) {
    fail('device_binding/mac', { where: 'deviceMac' });
  }
}

function deviceSignedElements({ nameSpaces }: DeviceSigned): ElementName[] {
  const where = 'deviceSigned.nameSpaces';
  const signed = asTextMap(readPart(nameSpaces.content, MDOC_RULES), where, asMap);
  return [...signed].flatMap(([nameSpace, elements]) =>
    [...elements.keys()].map((identifier) => ({
      nameSpace,
      identifier: asText(identifier, where),
    })),
  );
}

/** Device-signed elements are the holder's own statements; without authorisation they are refused. */
function checkAuthorizations(
  names: readonly ElementName[],
  { keyAuthorizations }: MobileSecurityObject,
  fail: Fail<MdocCode>,
): void {
  for (const { nameSpace, identifier } of names) {
    if (keyAuthorizations.nameSpaces.has(nameSpace)) continue;
    if (keyAuthorizations.dataElements.get(nameSpace)?.has(identifier)) continue;
    fail('device_binding/unauthorized_element', { where: `${nameSpace}/${identifier}` });
  }
}
