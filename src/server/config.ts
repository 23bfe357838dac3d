/** The one config file of `id-verify serve`. */
import { readFileSync, statSync } from 'node:fs';
import { type Rule, type Rules, requireKnown } from '../methods/config.ts';
import { type SqliteStore, sqliteStore } from '../store/sqlite.ts';
import { pemBlocks } from '../trust/pem.ts';
import type {
  HandoffOptions,
  PhotoOptions,
  ReaderIdentity,
  Store,
  TrustAnchors,
  VerifierOptions,
  WalletOptions,
} from '../verifier/index.ts';
import { IdVerifyError } from '../wire/error.ts';
import * as v from '../wire/schema.ts';
import { Secret } from './secret.ts';
import { mistakesIn, type ServiceKeys } from './service-keys.ts';

type Rest = Omit<
  VerifierOptions,
  | 'wallet'
  | 'photo'
  | 'handoff'
  | 'store'
  | 'authorize'
  | 'anonymousUse'
  | 'authorizeResults'
  | 'log'
  | 'now'
  | 'crypto'
>;

/** Beside what `createVerifier` takes: where to listen, which keys, which files. */
export interface ServeConfig extends Rest {
  /** For pages. Default 8080 on 127.0.0.1. */
  readonly listen?: {
    readonly port?: number;
    readonly host?: string;
    /** See `nodeHandler`. */
    readonly trustedProxies?: number;
  };
  /** For the site's own servers. Default 8081 on 127.0.0.1. */
  readonly service: {
    readonly port?: number;
    readonly host?: string;
    readonly keys: ServiceKeys;
  };
  /**
   * A SQLite file, for one process; or PostgreSQL, for any number. `backups` is a folder for copies of
   * the file, which a key with the scope `backup` may ask for.
   */
  readonly database:
    | { readonly sqlite: string; readonly backups?: string }
    | { readonly postgres: Secret };
  /** Without it only minted sessions can be claimed. */
  readonly anonymousUse?: 'allowed';
  readonly wallet?: Omit<WalletOptions, 'trustAnchors' | 'readers'> & {
    /** `files`: PEM, any number of certificates each. */
    readonly trustAnchors: readonly (Omit<TrustAnchors, 'certificates'> & {
      readonly files: readonly string[];
    })[];
    /** `file`: PEM, the chain without its root. */
    readonly readers?: readonly (Omit<ReaderIdentity, 'certificates' | 'key'> & {
      readonly file: string;
      readonly key: Secret;
    })[];
  };
  /** Receipt keys: 32 bytes in base64 each. */
  readonly photo?: Omit<PhotoOptions, 'receiptKey' | 'otherReceiptKeys'> & {
    readonly receiptKey: Secret;
    readonly otherReceiptKeys?: readonly Secret[];
  };
  /** Called once the environment is known, so that it can `reveal` secrets. */
  readonly handoff?: () => HandoffOptions;
  /** Milliseconds between the first sign that this instance goes and the last answer. Default 5000. */
  readonly drainMs?: number;
}

/**
 * For `id-verify.config.ts`: the config as it is, with its type.
 * @example
 * export default defineConfig({ relyingParty, origins, profiles, database: { sqlite: 'id-verify.db' }, … });
 */
export const defineConfig = (config: ServeConfig): ServeConfig => config;

/** What an operator has to change, all of it. */
export class Mistakes extends Error {
  override readonly name = 'Mistakes';
  readonly list: readonly string[];

  constructor(list: readonly string[]) {
    super(list.join('\n'));
    this.list = list;
  }
}

/** Collects what is wrong instead of stopping at the first. */
class Reading {
  readonly mistakes: string[] = [];

  /** @returns undefined for what was noted as a mistake */
  try<Value>(where: string, read: () => Value): Value | undefined {
    try {
      return read();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.mistakes.push(error instanceof IdVerifyError ? why : `${where}: ${why}`);
      return undefined;
    }
  }

  /** Each option that is unknown or wrong, not the first alone. */
  options(where: string, given: object | undefined, known: Rules<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(given ?? {})) {
      this.try(where, () => requireKnown(where, { [name]: value }, known));
    }
  }

  secret(where: string, value: unknown): string {
    if (!(value instanceof Secret)) {
      this.mistakes.push(
        `${where}: secret('NAME'), from the environment or a file, never written here`,
      );
      return '';
    }
    return this.try(where, () => value.reveal()) ?? '';
  }

  /** A secret of 32 bytes or more, in base64 or base64url. */
  bytes(where: string, value: unknown): Uint8Array {
    const before = this.mistakes.length;
    const read = new Uint8Array(Buffer.from(this.secret(where, value), 'base64'));
    if (read.length < 32 && this.mistakes.length === before) {
      this.mistakes.push(
        `${where}: 32 random bytes in base64; id-verify new-keys receipt makes one`,
      );
    }
    return read;
  }
}

const PORT: Rule = [
  v.pipe(
    v.number(),
    v.safeInteger(),
    v.minValue(0),
    v.check((port) => port < 65_536),
  ),
  'a number from 0 to 65535',
];
const HOST: Rule = [v.string(), 'an address or name of this machine'];
const PROXIES: Rule = [v.pipe(v.number(), v.safeInteger(), v.minValue(0)), 'a whole number'];
const MILLISECONDS: Rule = [v.pipe(v.number(), v.minValue(0)), 'milliseconds, 0 or more'];
const LISTEN = { port: PORT, host: HOST, trustedProxies: PROXIES } as const satisfies Rules<
  NonNullable<ServeConfig['listen']>
>;
const SERVICE = { port: PORT, host: HOST, keys: true } as const satisfies Rules<
  ServeConfig['service']
>;

const certificatesIn = (file: string): readonly Uint8Array[] =>
  pemBlocks(readFileSync(file, 'utf8'), 'CERTIFICATE');

/** @throws Mistakes, before anything is opened */
export function checked(config: ServeConfig) {
  const reading = new Reading();
  const { listen, service, database, anonymousUse, wallet, photo, handoff, drainMs, ...rest } =
    config ?? {};
  reading.mistakes.push(...mistakesIn(service?.keys ?? {}));
  reading.options('listen', listen, LISTEN);
  reading.options('service', service, SERVICE);
  if (drainMs !== undefined) reading.options('config', { drainMs }, { drainMs: MILLISECONDS });
  const postgres =
    database && 'postgres' in database
      ? reading.secret('database.postgres', database.postgres)
      : undefined;
  const sqlite = database && 'sqlite' in database ? database.sqlite : undefined;
  if (typeof sqlite !== 'string' && postgres === undefined) {
    reading.mistakes.push("database: { sqlite: 'file' } or { postgres: secret('DATABASE_URL') }");
  }
  const backups = database && 'sqlite' in database ? database.backups : undefined;
  if (backups !== undefined && !statSync(backups, { throwIfNoEntry: false })?.isDirectory()) {
    reading.mistakes.push(`database.backups: ${backups} is no folder`);
  }
  const handoffs = handoff && reading.try('handoff', handoff);
  const options = {
    ...rest,
    ...(wallet && { wallet: walletOf(reading, wallet) }),
    ...(photo && {
      photo: {
        ...photo,
        receiptKey: reading.bytes('photo.receiptKey', photo.receiptKey),
        otherReceiptKeys: (photo.otherReceiptKeys ?? []).map((key, index) =>
          reading.bytes(`photo.otherReceiptKeys[${index}]`, key),
        ),
      },
    }),
    ...(handoffs && { handoff: handoffs }),
  };
  if (reading.mistakes.length > 0) throw new Mistakes(reading.mistakes);
  return { options, sqlite, backups, postgres, anonymousUse, keys: service.keys };
}

function walletOf(
  reading: Reading,
  { trustAnchors, readers, ...wallet }: NonNullable<ServeConfig['wallet']>,
): WalletOptions {
  return {
    ...wallet,
    trustAnchors: trustAnchors.map(({ files, ...anchor }, index) => ({
      ...anchor,
      certificates:
        reading.try(`wallet.trustAnchors[${index}].files`, () => files.flatMap(certificatesIn)) ??
        [],
    })),
    ...(readers && {
      readers: readers.map(({ file, key, ...reader }, index) => ({
        ...reader,
        certificates:
          reading.try(`wallet.readers[${index}].file`, () => readFileSync(file, 'utf8')) ?? '',
        key: reading.secret(`wallet.readers[${index}].key`, key),
      })),
    }),
  };
}

/** The store; one that several share brings the clock they share. @throws IdVerifyError `config/store` */
export async function storeOf({
  sqlite,
  postgres,
}: ReturnType<typeof checked>): Promise<
  Store & { now?(): number; backup?: SqliteStore['backup'] }
> {
  if (postgres === undefined) return sqliteStore(sqlite ?? '');
  try {
    // Without the package nothing else needs it.
    const { postgresStore } = await import('../store/postgres.ts');
    return await postgresStore(postgres);
  } catch (cause) {
    // Its message could quote the password.
    throw new IdVerifyError(
      'config/store',
      'database.postgres: cannot be opened; is `pg` installed, does the server answer, may the role create a schema?',
      { cause },
    );
  }
}
