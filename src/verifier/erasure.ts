/** Erasing by member: everything but what a law obliges the operator to keep. */
import type { LegalBasis } from '../law/law.ts';
import type { SessionRecord } from '../store/store.ts';
import type { Core } from './core.ts';

/** A session that stays, with its proof and the values its profile keeps. */
export interface Kept {
  readonly sessionId: string;
  /** The clause under which the confirmation was made, and its records are owed. */
  readonly because: LegalBasis;
  /** Milliseconds since 1970; the sweep erases it then. */
  readonly until: number;
}

export interface Erasure {
  /** Ids of sessions of which nothing remains. */
  readonly erased: readonly string[];
  readonly kept: readonly Kept[];
}

/** One confirmed under a law, whose records the profile keeps until their day. */
function keptBy({ id, state, outcome, eraseAt }: SessionRecord): Kept | undefined {
  const because = state === 'done' ? outcome?.legalBasis : undefined;
  return because && { sessionId: id, because, until: eraseAt };
}

export async function eraseSubject(core: Core, subject: string): Promise<Erasure> {
  const erased: string[] = [];
  const kept: Kept[] = [];
  for (const session of await core.store.ofSubject(subject)) {
    const stays = keptBy(session);
    if (stays !== undefined) {
      kept.push(stays);
      continue;
    }
    for (const method of core.methods) method.abandon?.(session.exchanges);
    await core.store.erase(session.id);
    core.log({ event: 'session.erased', session: session.id });
    erased.push(session.id);
  }
  return { erased, kept };
}
