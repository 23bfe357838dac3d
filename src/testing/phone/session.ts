/** What the simulated operator knows of one transaction. */
import { deviceLink, hash, RUNGS, rung } from '../../wire/contract.ts';
import * as v from '../../wire/schema.ts';
import { base64url } from '../issuer/bytes.ts';
import { randomBytes } from '../issuer/entropy.ts';
import { type CardState, TRIES } from './card.ts';

const words = v.record(v.string(), v.string());

export const orderBody = v.object({
  rung,
  relying_party: words,
  purpose: words,
  attributes: v.array(v.string()),
  statement: v.pipe(v.string(), v.maxLength(10_000)),
  callback_url: deviceLink,
  nonce: hash,
  expires_at: v.number(),
});
export type Order = v.InferOutput<typeof orderBody>;

/** What the person at the phone may want to see happen. */
export const OUTCOMES = [
  'good',
  'skip_states',
  'declined',
  'pin_locked',
  'certificate_expired',
  'certificate_revoked',
  'card_unreadable',
  'app_missing',
  'timed_out',
  'overlooks_expired',
  'overlooks_revoked',
] as const;
export type OutcomeName = (typeof OUTCOMES)[number];
/** The app notices itself, and says so. */
export type EndName = Exclude<OutcomeName, 'good' | 'skip_states' | `overlooks_${string}`>;

export interface PhoneSession {
  readonly id: string;
  /** Names its page. */
  readonly key: string;
  readonly order: Order;
  phase: 'created' | 'in_app' | 'card_read' | 'completed';
  error?: EndName;
  card: CardState;
  /** Goes back at once, so that nobody sees the card being read. */
  hasty?: true;
  triesLeft: number;
  finalized: boolean;
  /** The cookie of the browser that opened its page first. */
  browser?: string;
  /** The way back was shown. */
  left?: true;
}

export const random = (): string => base64url(randomBytes(24));

/** Transactions in this process; each is gone some minutes after its time. */
export class PhoneSessions {
  readonly #byId = new Map<string, PhoneSession>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  create(order: Order): PhoneSession {
    for (const [id, old] of this.#byId) {
      if (old.order.expires_at + 600_000 < this.#now()) this.#byId.delete(id);
    }
    const session: PhoneSession = {
      id: random(),
      key: random(),
      order,
      phase: 'created',
      card: 'good',
      triesLeft: TRIES,
      finalized: false,
    };
    this.#byId.set(session.id, session);
    return session;
  }

  get(id: string): PhoneSession | undefined {
    const session = this.#byId.get(id);
    if (session && session.order.expires_at <= this.#now() && session.phase !== 'completed') {
      session.error ??= 'timed_out';
    }
    return session;
  }

  byKey(key: string): PhoneSession | undefined {
    const found = [...this.#byId.values()].find((session) => session.key === key);
    return found && this.get(found.id);
  }

  delete(id: string): void {
    this.#byId.delete(id);
  }
}

/** Where the person goes when the app is done. */
export function wayBack({ id, order }: PhoneSession): string {
  const url = new URL(order.callback_url);
  url.searchParams.set('session_id', id);
  return url.href;
}

export const isSigning = ({ order }: PhoneSession): boolean => order.rung !== RUNGS[2];
