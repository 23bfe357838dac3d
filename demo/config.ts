/**
 * Settings of the reference server, from the environment. Without any it is a test: own issuer, own
 * reader certificate, simulated wallet, loopback only.
 *
 * | variable | meaning |
 * |---|---|
 * | `PORT`, `HOST` | where to listen; default 8080 on 127.0.0.1 |
 * | `ID_VERIFY_ORIGINS` | exact origins of the pages, by comma; default `http://localhost:<PORT>` |
 * | `ID_VERIFY_DB` | the database file, with the key of photo receipts beside it; default a new one that is removed at the end |
 * | `ID_VERIFY_NAME` | the relying party, as its reader certificate names it |
 * | `ID_VERIFY_READER_CERTIFICATE`, `ID_VERIFY_READER_KEY` | PEM files: chain without root; PKCS #8 |
 * | `ID_VERIFY_SESSIONS_PER_MINUTE` | how many sessions, and how many handoffs, may be opened in a minute; default 600 |
 * | `ID_VERIFY_TRUST_ANCHORS` | PEM file with roots of the document's issuer; ends the simulation |
 *
 * `--lan` lets phones in the own network reach the simulated operator, and nothing else. `--say` tells a
 * person where to open it, in place of the line that a program reads.
 */
import { readFileSync } from 'node:fs';
import { MNC } from '../src/testing/issuer/persons.ts';
import { createTestPki, privateKeyPem, type TestPki } from '../src/testing/issuer/pki.ts';
import { pem } from '../src/testing/issuer/x509.ts';
import { pemBlocks } from '../src/trust/pem.ts';
import type { ReaderIdentity, VerifierOptions, WalletOptions } from '../src/verifier/index.ts';
import { SAMPLE } from './sample.ts';

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Phones in the own network may open the links of handoffs. */
  readonly lan: boolean;
  /** Says in words where it listens. */
  readonly say: boolean;
  readonly sessionsPerMinute: number;
  readonly origins: readonly string[] | undefined;
  readonly database: string | undefined;
  readonly relyingParty: VerifierOptions['relyingParty'];
  readonly wallet: WalletOptions;
  /** Present while the test issuer issues and the simulated wallet answers. */
  readonly pki: TestPki | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws Error for settings that contradict each other or files that cannot be read */
export function readConfig(env: Environment, args: readonly string[] = []): Config {
  const { PORT = '8080', HOST = '127.0.0.1', ID_VERIFY_ORIGINS, ID_VERIFY_DB } = env;
  const { ID_VERIFY_SESSIONS_PER_MINUTE = '600' } = env;
  const { ID_VERIFY_NAME, ID_VERIFY_TRUST_ANCHORS: anchors } = env;
  const relyingParty = ID_VERIFY_NAME === undefined ? SAMPLE : { name: { ja: ID_VERIFY_NAME } };
  const organization = relyingParty.name.ja;
  const pki = anchors === undefined ? createTestPki({ reader: { organization } }) : undefined;
  const certificates = pki ? [pki.iaca.certificate] : pemBlocks(readText(anchors), 'CERTIFICATE');
  const lan = args.includes('--lan');
  const reader = readerFrom(env) ?? (pki && testReader(pki));
  return {
    port: whole('PORT', PORT),
    host: lan ? '0.0.0.0' : HOST,
    lan,
    say: args.includes('--say'),
    sessionsPerMinute: whole('ID_VERIFY_SESSIONS_PER_MINUTE', ID_VERIFY_SESSIONS_PER_MINUTE),
    origins: ID_VERIFY_ORIGINS?.split(',').map((origin) => origin.trim()),
    database: ID_VERIFY_DB,
    relyingParty,
    pki,
    wallet: {
      trustAnchors: [{ docType: MNC, certificates, ...(pki && { test: true }) }],
      ...(reader && { readers: [reader] }),
    },
  };
}

function whole(name: string, value: string): number {
  if (!/^\d+$/.test(value)) throw new Error(`${name}: a whole number, not "${value}"`);
  return Number(value);
}

const readText = (path = ''): string => readFileSync(path, 'utf8');

function readerFrom({
  ID_VERIFY_READER_CERTIFICATE: certificates,
  ID_VERIFY_READER_KEY: key,
}: Environment): ReaderIdentity | undefined {
  if ((certificates === undefined) !== (key === undefined)) {
    throw new Error('ID_VERIFY_READER_CERTIFICATE and ID_VERIFY_READER_KEY go together');
  }
  if (certificates === undefined) return undefined;
  return { certificates: readText(certificates), key: readText(key) };
}

const testReader = ({ reader }: TestPki): ReaderIdentity => ({
  certificates: pem('CERTIFICATE', reader.certificate),
  key: privateKeyPem(reader.keys.privateKey),
});
