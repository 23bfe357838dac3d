/** `id-verify new-keys`: keys a service makes once, and keeps to itself. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { toBase64url, utf8 } from '../wire/bytes.ts';
import { type Command, type Io, json, StartError, textOf, UsageError } from './command.ts';
import { certificateRequest } from './csr.ts';

export const command: Command = {
  usage: `id-verify new-keys reader --domain www.example.jp --organization <name> [--out <folder>] [--json]
id-verify new-keys receipt [--out <folder>] [--json]

reader: a key of P-256 (reader.key, PKCS #8) and the certificate signing request for it (reader.csr)
that a wallet's operator asks for. receipt: 32 random bytes for photo.receiptKey, base64url
(receipt.key). Files are readable by their owner only; one that exists is never overwritten.
`,
  options: {
    domain: { type: 'string' },
    organization: { type: 'string' },
    out: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run(given, io) {
    const [what, ...more] = given.positionals;
    const folder = textOf(given, 'out') ?? '.';
    if (more.length > 0) throw new UsageError('reader, or receipt');
    if (what === 'receipt') {
      const key = toBase64url(crypto.getRandomValues(new Uint8Array(32)));
      return said(io, given.values.json === true, [
        await written(folder, 'receipt.key', `${key}\n`),
      ]);
    }
    if (what !== 'reader') throw new UsageError('reader, or receipt');
    const domain = textOf(given, 'domain') ?? '';
    const organization = textOf(given, 'organization') ?? '';
    if (!/^([a-z0-9-]+\.)+[a-z]{2,}$/i.test(domain))
      throw new UsageError('--domain: like www.example.jp');
    if (organization === '') throw new UsageError('--organization: the name people will see');
    const { key, request } = await certificateRequest({ domain, organization });
    const files = [
      await written(folder, 'reader.key', key),
      await written(folder, 'reader.csr', request),
    ];
    return said(io, given.values.json === true, files);
  },
};

function said({ out }: Io, asJson: boolean, files: readonly string[]): 0 {
  out(asJson ? json({ files }) : files.map((file) => `${file}\n`).join(''));
  return 0;
}

async function written(folder: string, name: string, content: string): Promise<string> {
  const path = join(folder, name);
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(utf8(content));
    await file.close();
    return path;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartError(
      code === 'EEXIST' ? `${path} exists, and stays as it is` : `${path}: ${code}`,
    );
  }
}
