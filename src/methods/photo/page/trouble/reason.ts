/**
 * One reading of what `getUserMedia` throws (Media Capture and Streams, section 10.2.1). Loaded when
 * it does.
 */
import type { Trouble } from '../camera-obstacle.ts';

const BY_NAME: Readonly<Record<string, Trouble>> = {
  NotAllowedError: 'denied',
  SecurityError: 'embedded',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
  NotReadableError: 'busy',
  AbortError: 'busy',
  TypeError: 'in_app',
};

/** Tells a refusal from a question that was closed, where the browser says which. */
export async function troubleOf(error: unknown): Promise<Trouble> {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  const trouble = BY_NAME[name] ?? 'lost';
  if (trouble !== 'denied') return trouble;
  try {
    const { state } = await navigator.permissions.query({ name: 'camera' as PermissionName });
    return state === 'prompt' ? 'dismissed' : 'denied';
  } catch {
    return 'denied';
  }
}
