/**
 * A relying party for testing the simulated wallet without the verifier: requests written by the
 * test encoder, JOSE by `jose`, HPKE by `hpke`, which the wallet uses neither of.
 */

import type { KeyObject } from 'node:crypto';
import * as hpke from 'hpke';
import * as jose from 'jose';
import { type Bytes, base64url, fromBase64url } from '../../src/testing/issuer/bytes.ts';
import { type Cbor, embedded, encode, raw } from '../../src/testing/issuer/cbor.ts';
import { coseKey, sign1, x5chain } from '../../src/testing/issuer/cose.ts';
import { newKeys } from '../../src/testing/issuer/keys.ts';
import { isoMdocTranscript } from '../../src/testing/issuer/transcript.ts';
import type { Identity } from '../../src/testing/issuer/x509.ts';
import { decode } from '../../src/testing/wallet/cbor.ts';
import { privateKeyOf } from '../node-keys.ts';

/** namespace → element → intentToRetain */
export type NameSpaces = Record<string, Record<string, boolean>>;

export interface IsoPlan {
  docType: string;
  nameSpaces: NameSpaces;
  origin: string;
  /** Absent: not signed. */
  reader?: Identity;
  version?: '1.0' | '1.1';
  /** Changes the DeviceRequest on its way out. */
  edit?: (request: Record<string, Cbor>) => Cbor;
}

/** An Annex C request and how to open what answers it. */
export function isoRequest({ version = '1.1', reader, origin, edit, ...items }: IsoPlan) {
  const keys = newKeys();
  const parameters = { nonce: new Uint8Array(32).fill(7), recipientPublicKey: coseKey(keys) };
  const encryptionInfo = base64url(encode(['dcapi', parameters]));
  const transcript = isoMdocTranscript(encryptionInfo, origin);
  const itemsRequest = embedded({ ...items });
  const info = embedded({ useCases: [{ mandatory: true, documentSets: [[0]] }] });
  const sign = (...signed: Cbor[]) =>
    reader && {
      keys: reader.keys,
      payload: encode(embedded(signed)),
      detached: true,
      unprotected: x5chain(reader.certificate),
    };
  const each = sign('ReaderAuthentication', raw(transcript), itemsRequest);
  const all = sign('ReaderAuthenticationAll', raw(transcript), [itemsRequest], info);
  const first =
    version === '1.0' && each ? { itemsRequest, readerAuth: sign1(each) } : { itemsRequest };
  const request: Record<string, Cbor> = {
    version,
    docRequests: [first],
    ...(version === '1.1' && {
      deviceRequestInfo: info,
      ...(all && { readerAuthAll: [sign1(all)] }),
    }),
  };
  const deviceRequest = base64url(encode(edit?.(request) ?? request));
  return {
    protocol: 'org-iso-mdoc',
    data: { deviceRequest, encryptionInfo },
    transcript,
    keys,
    open: ({ response }: Record<string, unknown>) =>
      openHpke(String(response), privateKeyOf(keys), transcript),
  };
}

async function openHpke(response: string, key: KeyObject, info: Uint8Array): Promise<Uint8Array> {
  const list = decode(fromBase64url(response), 'EncryptedResponse') as [string, Map<string, Bytes>];
  const suite = new hpke.CipherSuite(
    hpke.KEM_DHKEM_P256_HKDF_SHA256,
    hpke.KDF_HKDF_SHA256,
    hpke.AEAD_AES_128_GCM,
  );
  const jwk = key.export({ format: 'jwk' });
  const privateKey = await suite.DeserializePrivateKey(fromBase64url(String(jwk.d)));
  const [, sealed] = list;
  const [enc, cipherText] = [sealed.get('enc'), sealed.get('cipherText')];
  if (list[0] !== 'dcapi' || !enc || !cipherText) throw new Error('not an EncryptedResponse');
  return suite.Open(privateKey, enc, cipherText, { info });
}

export interface OpenId4VpPlan {
  docType: string;
  nameSpaces: NameSpaces;
  origin: string;
  reader: Identity;
  kind: 'unsigned' | 'signed' | 'multisigned';
  clientId?: string;
  mode?: 'dc_api' | 'dc_api.jwt';
  edit?: (parameters: Record<string, unknown>) => Record<string, unknown>;
}

/** An OpenID4VP request and how to open what answers it. */
export async function openId4VpRequest(plan: OpenId4VpPlan) {
  const { kind, reader, origin, docType, nameSpaces, mode = 'dc_api.jwt' } = plan;
  const { privateKey, publicKey } = await jose.generateKeyPair('ECDH-ES', { crv: 'P-256' });
  const jwk = { ...(await jose.exportJWK(publicKey)), kid: 'k1', alg: 'ECDH-ES', use: 'enc' };
  const claims = Object.entries(nameSpaces).flatMap(([namespace, elements]) =>
    Object.entries(elements).map(([element, retain]) => ({
      path: [namespace, element],
      intent_to_retain: retain,
    })),
  );
  const base = {
    response_type: 'vp_token',
    response_mode: mode,
    nonce: 'a-nonce-of-this-session',
    dcql_query: {
      credentials: [{ id: 'card', format: 'mso_mdoc', meta: { doctype_value: docType }, claims }],
    },
    client_metadata: {
      jwks: { keys: [jwk] },
      vp_formats_supported: { mso_mdoc: { issuerauth_alg_values: [-7, -35] } },
    },
  };
  const parameters = plan.edit?.(base) ?? base;
  const clientId = plan.clientId ?? 'x509_san_dns:localhost';
  return {
    protocol: `openid4vp-v1-${kind}`,
    data: await wrap(kind, parameters, clientId, origin, reader),
    nonce: base.nonce,
    thumbprint: fromBase64url(await jose.calculateJwkThumbprint(jwk)),
    async open({ vp_token, response }: Record<string, unknown>): Promise<Uint8Array> {
      const token =
        mode === 'dc_api'
          ? vp_token
          : JSON.parse(
              new TextDecoder().decode(
                (await jose.compactDecrypt(String(response), privateKey)).plaintext,
              ),
            ).vp_token;
      return fromBase64url(token.card[0]);
    },
  };
}

async function wrap(
  kind: OpenId4VpPlan['kind'],
  parameters: Record<string, unknown>,
  client_id: string,
  origin: string,
  reader: Identity,
) {
  if (kind === 'unsigned') return parameters;
  const x5c = [Buffer.from(reader.certificate).toString('base64')];
  const header = { alg: 'ES256', typ: 'oauth-authz-req+jwt', x5c };
  const signed = { ...parameters, expected_origins: [origin] };
  const bytes = (value: object) => new TextEncoder().encode(JSON.stringify(value));
  if (kind === 'signed') {
    const jws = new jose.CompactSign(bytes({ ...signed, client_id })).setProtectedHeader(header);
    return { request: await jws.sign(privateKeyOf(reader.keys)) };
  }
  const jws = new jose.GeneralSign(bytes(signed));
  jws.addSignature(privateKeyOf(reader.keys)).setProtectedHeader({ ...header, client_id });
  return { ...(await jws.sign()) };
}
