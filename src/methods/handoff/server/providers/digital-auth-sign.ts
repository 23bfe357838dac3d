/** Signing transactions: a digest goes in, the card's signature comes out, encrypted to our key. */
import { compactDecrypt, importPKCS8 } from 'jose';
import * as client from 'openid-client';
import { parseAs } from '../../../../wire/parse.ts';
import * as v from '../../../../wire/schema.ts';
import type { HandoffResult } from '../provider.ts';

/** Names of fields that only the sandbox shows for certain. */
export interface SignNames {
  /** Of the request: base64 of the SHA-256 digest. Default `digest`. */
  readonly digest: string;
  /** Of the answer: the transaction's id. Default `id`. */
  readonly id: string;
  /** Of a JSON result: the JWE. A result that is a JWE itself has no name. Default `result`. */
  readonly result: string;
  /** Of the decrypted result. Defaults `signature` and `certificate`, base64. */
  readonly signature: string;
  readonly certificate: string;
}

const NAMES: SignNames = {
  digest: 'digest',
  id: 'id',
  result: 'result',
  signature: 'signature',
  certificate: 'certificate',
};

/** Content encryption with authentication, keys agreed or wrapped; no passwords, no shared keys. */
const KEY_ALGORITHMS = ['RSA-OAEP-256', 'ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A256KW'];
const CONTENT_ALGORITHMS = ['A128GCM', 'A256GCM', 'A128CBC-HS256', 'A256CBC-HS512'];

export interface SignTransactions {
  /** @returns the transaction's id */
  create(digest: Uint8Array): Promise<string>;
  result(id: string, accessToken: string): Promise<NonNullable<HandoffResult['signature']>>;
}

export async function signTransactions(
  config: client.Configuration,
  url: string,
  { pem, alg }: { readonly pem: string; readonly alg: string },
  changes: Partial<SignNames>,
): Promise<SignTransactions> {
  const names = { ...NAMES, ...changes };
  const key = await importPKCS8(pem, alg);

  return {
    async create(digest) {
      const { access_token } = await client.clientCredentialsGrant(config, { scope: 'sign' });
      const response = await client.fetchProtectedResource(
        config,
        access_token,
        new URL(url),
        'POST',
        JSON.stringify({ [names.digest]: toBase64(digest) }),
        new Headers({ 'content-type': 'application/json' }),
      );
      return field(await response.json(), names.id);
    },

    async result(id, accessToken) {
      const place = new URL(`${url}/${encodeURIComponent(id)}/result`);
      const response = await client.fetchProtectedResource(config, accessToken, place, 'GET');
      const json = response.headers.get('content-type')?.includes('json');
      const jwe = json ? field(await response.json(), names.result) : await response.text();
      const { plaintext } = await compactDecrypt(jwe.trim(), key, {
        keyManagementAlgorithms: KEY_ALGORITHMS,
        contentEncryptionAlgorithms: CONTENT_ALGORITHMS,
      });
      const content: unknown = JSON.parse(new TextDecoder().decode(plaintext));
      return {
        value: fromBase64(field(content, names.signature)),
        certificate: fromBase64(field(content, names.certificate)),
      };
    },
  };
}

const field = (value: unknown, name: string): string =>
  parseAs(v.object({ [name]: v.string() }), value, 'unavailable/provider')[name] ?? '';

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
