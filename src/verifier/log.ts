import type { Core } from './core.ts';

/** Logs the kind and place of an unexpected error; its message is left out, it could quote data. */
export function logFailure(core: Pick<Core, 'log'>, error: unknown, session?: string): void {
  const frames = error instanceof Error ? error.stack?.split('\n    at ').slice(1, 4) : undefined;
  const kind = error instanceof Error ? error.name : typeof error;
  core.log({ event: 'request.failed', session, error: [kind, ...(frames ?? [])].join(' < ') });
}
