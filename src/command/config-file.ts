/** The configuration in the folder a command is started in. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { StartError, UsageError } from './command.ts';

export const CONFIG_FILES = ['id-verify.config.js', 'id-verify.config.mjs', 'id-verify.config.ts'];

/**
 * @param named by `--config`; otherwise the first of the usual names, if there is one
 * @throws UsageError
 */
export function configFile(folder: string, named: string | undefined): string | undefined {
  const names = named === undefined ? CONFIG_FILES : [named];
  const found = names.map((name) => resolve(folder, name)).find(existsSync);
  if (named !== undefined && found === undefined) throw new UsageError(`--config: no ${named}`);
  return found;
}

/**
 * Its default export, for whoever knows what it should be.
 * @throws StartError
 */
export async function loadConfig(path: string): Promise<unknown> {
  const loaded: unknown = await import(pathToFileURL(path).href).catch((error: unknown) => {
    throw new StartError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  });
  const { default: config }: { default?: unknown } = Object(loaded);
  return config;
}
