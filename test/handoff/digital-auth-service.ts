/**
 * デジタル認証アプリ as its public documents describe it, over HTTP: an independent OpenID provider,
 * and beside it the service that takes digests and gives signatures.
 */

import { generateKeyPairSync, privateEncrypt, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CompactEncrypt } from 'jose';
import Provider from 'oidc-provider';
import type { Identity } from '../../src/testing/issuer/x509.ts';
import { privateKeyOf } from '../node-keys.ts';

export const CLIENT_ID = 'testsite1';

/** DigestInfo of SHA-256, RFC 8017 section 9.2: what comes before the digest. */
const DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');

const PERSON = {
  sub: 'pairwise-1',
  name: '番号　花子',
  address: { formatted: '〇〇県△△市□□町1-2-3' },
  birthdate: '1971-09-01',
  gender: 'female',
};

export interface Mischief {
  decline?: boolean;
  /** Claims in the ID token that belong to the userinfo. */
  idTokenClaims?: boolean;
  /** Signs something else. */
  otherDigest?: boolean;
  /** How the person was authenticated; empty for not saying. */
  acr?: string;
  /** Swallows the request for the result. */
  silent?: boolean;
}

const pemOf = (key: { export(options: object): string | Buffer }) =>
  key.export({ type: 'pkcs8', format: 'pem' }).toString();

export async function startService(card: Identity, redirectUri: string) {
  const mischief: Mischief = {};
  const asked: Record<string, string>[] = [];
  const digests = new Map<string, Buffer>();
  const clientKeys = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const decryption = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const providerKeys = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

  let provider: Provider;
  const server = createServer((request, response) => {
    route(request, response).catch(() => response.writeHead(500).end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  const scope = 'openid name address birthdate gender sign';
  const configure = () =>
    new Provider(issuer, {
      clients: [
        {
          client_id: CLIENT_ID,
          redirect_uris: [redirectUri],
          grant_types: ['authorization_code', 'client_credentials'],
          response_types: ['code'],
          token_endpoint_auth_method: 'private_key_jwt',
          token_endpoint_auth_signing_alg: 'ES256',
          id_token_signed_response_alg: 'ES256',
          jwks: { keys: [clientKeys.publicKey.export({ format: 'jwk' })] },
          scope,
        },
      ],
      jwks: { keys: [{ ...providerKeys.privateKey.export({ format: 'jwk' }), kid: 'op-1' }] },
      enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
      scopes: scope.split(' '),
      claims: {
        openid: ['sub'],
        name: ['name'],
        address: ['address'],
        birthdate: ['birthdate'],
        gender: ['gender'],
      },
      conformIdTokenClaims: mischief.idTokenClaims !== true,
      acrValues: ['aal3', 'crl'],
      extraParams: ['sign_transaction_id'],
      pkce: { required: () => true },
      features: {
        clientCredentials: { enabled: true },
        devInteractions: { enabled: false },
      },
      cookies: { keys: ['for tests only'] },
      interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
      findAccount: (_: unknown, accountId: string) => ({ accountId, claims: () => PERSON }),
    });
  provider = configure();

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', issuer);
    if (pathname.startsWith('/interaction/')) return interact(request, response);
    if (pathname.startsWith('/api/sign-transactions')) return sign(request, response, pathname);
    provider.callback()(request, response);
  }

  /** The app: the person shows the card, or does not. */
  async function interact(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { params, grantId } = await provider.interactionDetails(request, response);
    asked.push({ ...params });
    if (mischief.decline) {
      const error = { error: 'access_denied', error_description: 'the person declined' };
      return provider.interactionFinished(request, response, error);
    }
    const accountId = PERSON.sub;
    const grant = new provider.Grant({ accountId, clientId: CLIENT_ID });
    grant.addOIDCScope(params.scope ?? '');
    return provider.interactionFinished(request, response, {
      login: { accountId, ...(mischief.acr !== '' && { acr: mischief.acr ?? 'aal3' }) },
      consent: { grantId: grantId ?? (await grant.save()) },
    });
  }

  async function sign(request: IncomingMessage, response: ServerResponse, path: string) {
    const token = (request.headers.authorization ?? '').replace(/^Bearer /, '');
    if (request.method === 'POST') {
      if (!(await provider.ClientCredentials.find(token)))
        return void response.writeHead(401).end();
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      const { digest } = JSON.parse(Buffer.concat(parts).toString());
      const id = randomUUID();
      digests.set(id, Buffer.from(digest, 'base64'));
      response.writeHead(201, { 'content-type': 'application/json' });
      return void response.end(JSON.stringify({ id }));
    }
    if (mischief.silent) return;
    const user = await provider.AccessToken.find(token);
    const [, , , id = ''] = path.split('/');
    const digest = digests.get(id);
    if (user?.accountId !== PERSON.sub || digest?.length !== 32) {
      return void response.writeHead(403).end();
    }
    const signed = mischief.otherDigest ? Buffer.alloc(32) : digest;
    const content = {
      digest: signed.toString('base64'),
      signature: privateEncrypt(
        privateKeyOf(card.keys),
        Buffer.concat([DIGEST_INFO, signed]),
      ).toString('base64'),
      certificate: Buffer.from(card.certificate).toString('base64'),
    };
    const jwe = await new CompactEncrypt(Buffer.from(JSON.stringify(content)))
      .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM' })
      .encrypt(decryption.publicKey);
    response.writeHead(200, { 'content-type': 'application/jose' });
    response.end(jwe);
  }

  return {
    issuer,
    mischief,
    /** What the authorization requests asked. */
    asked,
    /** Takes up what `mischief` says about the configuration. */
    reconfigure: () => {
      provider = configure();
    },
    clientKey: pemOf(clientKeys.privateKey),
    decryptionKey: pemOf(decryption.privateKey),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
