/** `DELETE sessions/{id}`: the person leaves, and what was sent is erased. */

import { ended, isLive } from '../store/store.ts';
import type { Core } from './core.ts';
import { empty } from './http.ts';
import { type Caller, requireState, transact } from './session.ts';

/** Safe to repeat. What is verified already is the site's to erase, by `erase`. */
export async function cancel(core: Core, { session }: Caller): Promise<Response> {
  if (session.state === 'cancelled') return empty();
  for (const method of core.methods) method.abandon?.(session.exchanges);
  await transact(core, session.id, (newest) => {
    if (!isLive(newest)) requireState(newest, 'awaiting');
    return {
      session: { ...ended(newest, 'cancelled'), code: 'incomplete/cancelled' },
      personal: [],
      images: 'erase',
    };
  });
  core.log({ event: 'session.cancelled', session: session.id });
  return empty();
}
