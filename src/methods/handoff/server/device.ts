import type { DeviceKind } from '../../../wire/contract.ts';

/** What kind of device asks, as it says itself: shown to the person, and trusted for nothing. */
export function deviceOf({ headers }: Request): DeviceKind {
  const agent = headers.get('user-agent') ?? '';
  if (agent === '') return 'unknown';
  if (/iPad|Tablet|Android(?!.*Mobile)/i.test(agent)) return 'tablet';
  return /Mobi|iPhone/i.test(agent) ? 'phone' : 'computer';
}
