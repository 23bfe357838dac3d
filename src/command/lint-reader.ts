/** `id-verify lint-reader`: what wallets will refuse of a reader certificate, before going live. */
import { lintReader } from '../verifier/index.ts';
import { type Command, json, listOf, textOf, UsageError } from './command.ts';
import { readInput } from './inspect/input.ts';

export const command: Command = {
  usage: `id-verify lint-reader <file | -> [--name <name>] [--legal-name <name>] [--origin https://www.example.jp]... [--json]

Reads a reader's certificates in PEM, your own first, and says what Apple, Google or OpenID4VC HAIP will
refuse of them. --name is relyingParty.name.ja of the verifier, --legal-name its legalName; each --origin
is one of its origins. The key is neither needed nor read.
`,
  options: {
    name: { type: 'string' },
    'legal-name': { type: 'string' },
    origin: { type: 'string', multiple: true },
    json: { type: 'boolean' },
  },
  async run(given, io) {
    const [what, ...more] = given.positionals;
    if (what === undefined || more.length > 0) throw new UsageError('one file, or -');
    const origins = listOf(given, 'origin');
    const wrong = origins.find((one) => !URL.canParse(one) || new URL(one).origin !== one);
    if (wrong !== undefined) throw new UsageError(`--origin: ${wrong} is not an origin`);
    const [name, legalName] = [textOf(given, 'name'), textOf(given, 'legal-name')];
    if (name === undefined && legalName !== undefined) throw new UsageError('--legal-name: --name');
    const relyingParty = name !== undefined && {
      name: { ja: name },
      ...(legalName !== undefined && { legalName }),
    };
    const certificates = new TextDecoder().decode(await readInput(what, io));
    if (!certificates.includes('-----BEGIN CERTIFICATE-----')) {
      throw new UsageError('no such file, or no certificate in PEM in it');
    }
    const findings = lintReader(certificates, { origins, ...(relyingParty && { relyingParty }) });
    if (given.values.json) io.out(json(findings));
    else if (findings.length === 0) io.out('Nothing that a wallet is known to refuse.\n');
    else
      for (const { refusedBy, what, detail } of findings)
        io.out(`${refusedBy}: ${what}: ${detail}\n`);
    return findings.length === 0 ? 0 : 1;
  },
};
