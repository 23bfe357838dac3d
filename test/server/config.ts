/** A service on loopback with the test issuer, and what its files are. */
import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServeConfig } from '../../src/server/config.ts';
import { secret } from '../../src/server/secret.ts';
import { privateKeyPem, type TestPki } from '../../src/testing/issuer/pki.ts';
import { pem } from '../../src/testing/issuer/x509.ts';

export const ORIGIN = 'http://localhost:8080';
export const KEY = 'key-of-the-shop';
const TEXT = { ja: 'ご本人の確認のため' };

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Writes the PEM files beside the database. */
export function testConfig(pki: TestPki): { folder: string; config: ServeConfig } {
  const folder = mkdtempSync(join(tmpdir(), 'id-verify-serve-'));
  const file = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  process.env['READER_KEY_FILE'] = file('reader.key', privateKeyPem(pki.reader.keys.privateKey));
  const config: ServeConfig = {
    relyingParty: { name: { ja: 'テスト商店' } },
    origins: [ORIGIN],
    profiles: {
      identity: {
        purpose: TEXT,
        claims: { name: { purpose: TEXT, retainDays: 30 } },
        methods: { wallet: { docType: 'org.iso.23220.1.jp.mnc' } },
      },
    },
    wallet: {
      trustAnchors: [
        {
          docType: 'org.iso.23220.1.jp.mnc',
          files: [file('root.pem', pem('CERTIFICATE', pki.iaca.certificate))],
          test: true,
        },
      ],
      readers: [
        {
          file: file('reader.pem', pem('CERTIFICATE', pki.reader.certificate)),
          key: secret('READER_KEY'),
        },
      ],
    },
    database: { sqlite: join(folder, 'sessions.sqlite') },
    listen: { port: 0 },
    service: {
      port: 0,
      keys: {
        shop: { sha256: sha256(KEY), scopes: ['mint', 'results', 'erase'] },
        desk: { sha256: sha256('key-of-the-desk'), scopes: ['reviews'] },
      },
    },
    drainMs: 0,
  };
  return { folder, config };
}
