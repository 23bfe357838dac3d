/** `id-verify serve`: the verifier as a service of its own, by a config file. */
import { once } from 'node:events';
import { Mistakes, type ServeConfig } from '../server/config.ts';
import { type ServeEvent, serve } from '../server/serve.ts';
import { IdVerifyError } from '../wire/error.ts';
import { type Command, StartError, textOf, UsageError } from './command.ts';
import { CONFIG_FILES, configFile, loadConfig } from './config-file.ts';

export const command: Command = {
  usage: `id-verify serve [--config file]

The verifier as a service, as the default export of the config says: id-verify.config.js (.mjs, .ts) in this
folder, or the file named. Pages use one port, your own servers another. Files named in it are looked
for from this folder. Every mistake is named before anything listens; the log is a JSON object a line.
SIGTERM and SIGINT stop it in three steps: not ready, no new connections, nothing under way.
`,
  options: { config: { type: 'string' } },
  async run(given, { out, signal }) {
    if (given.positionals.length > 0) throw new UsageError('no arguments, only options');
    const path = configFile(process.cwd(), textOf(given, 'config'));
    if (path === undefined) throw new UsageError(`no ${CONFIG_FILES.join(', ')} in this folder`);
    const config = await loadConfig(path);
    if (typeof config !== 'object' || config === null) {
      throw new StartError(`${path}: no default export; write export default defineConfig({ … })`);
    }
    const log = (event: ServeEvent) => out(`${JSON.stringify({ at: new Date(), ...event })}\n`);
    const serving = await serve(config as ServeConfig, log).catch((error: unknown) => {
      throw new StartError([`${path}:`, ...reasons(error)].join('\n  '));
    });
    if (!signal.aborted) await once(signal, 'abort');
    await serving.stop();
    return 0;
  },
};

/** What has to be changed; what nobody foresaw is thrown as it is. */
function reasons(error: unknown): readonly string[] {
  if (error instanceof Mistakes) return error.list;
  if (error instanceof IdVerifyError) return [`${error.message} (${error.code})`];
  const { code, port, address }: NodeJS.ErrnoException & { port?: number; address?: string } =
    Object(error);
  if (code === 'EADDRINUSE') return [`${address}:${port} is taken by another process`];
  if (code === 'EACCES' && port !== undefined) return [`port ${port} needs more rights`];
  if (code === 'EADDRNOTAVAIL') return [`${address} is no address of this machine`];
  throw error;
}
