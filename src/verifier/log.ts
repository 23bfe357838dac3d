import { IdVerifyError } from '../wire/error.ts';
import type { Core } from './core.ts';
import type { LogEvent, VerifierOptions } from './options.ts';

/**
 * Logs the kind and place of an unexpected error; its message is left out, it could quote data. What
 * a database or the system says by a code of its own is said as well.
 */
export function logFailure(
  core: Pick<Core, 'log'>,
  error: unknown,
  about: Partial<Pick<LogEvent, 'event' | 'session' | 'request'>> = {},
): void {
  const frames = error instanceof Error ? error.stack?.split('\n    at ').slice(1, 4) : undefined;
  const kind = error instanceof Error ? error.name : typeof error;
  const cause = error instanceof IdVerifyError ? error.cause : error;
  const { code, errcode, errstr }: Readonly<Record<string, unknown>> = Object(cause);
  const said = [code, errcode, errstr].filter((one) => one !== undefined).join(' ');
  const line = [said ? `${kind} (${said})` : kind, ...(frames ?? [])].join(' < ');
  core.log({ event: 'request.failed', ...about, error: line });
}

/** A log that fails, now or later, fails nothing else. */
export const unfailing =
  (log: VerifierOptions['log']): Core['log'] =>
  async (event) => {
    try {
      await log?.(event);
    } catch {}
  };
