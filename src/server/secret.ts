/** What nobody else may know, and never stands in a config file or a log. */
import { readFileSync } from 'node:fs';
import { IdVerifyError } from '../wire/error.ts';

/** Prints and serializes as a placeholder. */
export class Secret {
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  /**
   * From the environment variable, or from the file that `<name>_FILE` names, as containers hand
   * secrets over; without the line end.
   * @throws IdVerifyError `config/secret`
   */
  reveal(env: Readonly<Record<string, string | undefined>> = process.env): string {
    const [value, file] = [env[this.#name], env[`${this.#name}_FILE`]];
    if (value !== undefined && value !== '') return value;
    const need = `${this.#name}: set it in the environment, or ${this.#name}_FILE to a file that holds it`;
    if (file === undefined || file === '') throw new IdVerifyError('config/secret', need);
    try {
      return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    } catch (cause) {
      throw new IdVerifyError('config/secret', `${this.#name}_FILE: ${file} cannot be read`, {
        cause,
      });
    }
  }

  toJSON(): string {
    return '[secret]';
  }
}

/** @param name of the environment variable, or with `_FILE` of the one that names a file */
export const secret = (name: string): Secret => new Secret(name);
