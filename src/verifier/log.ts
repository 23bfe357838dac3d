import type { Core } from './core.ts';
import type { VerifierOptions } from './options.ts';

/** Logs the kind and place of an unexpected error; its message is left out, it could quote data. */
export function logFailure(core: Pick<Core, 'log'>, error: unknown, session?: string): void {
  const frames = error instanceof Error ? error.stack?.split('\n    at ').slice(1, 4) : undefined;
  const kind = error instanceof Error ? error.name : typeof error;
  core.log({ event: 'request.failed', session, error: [kind, ...(frames ?? [])].join(' < ') });
}

/** A log that fails, now or later, fails nothing else. */
export const unfailing =
  (log: VerifierOptions['log']): Core['log'] =>
  async (event) => {
    try {
      await log?.(event);
    } catch {}
  };
