/**
 * What is recommended, as one table: profile × device × what this browser can × what just failed.
 * The server's order holds wherever no row speaks. Pure.
 */
import type { MethodId } from '../wire/contract.ts';
import type { Code } from '../wire/error.ts';
import type { AvailableMethod } from './api.ts';
import { type Device, isPhone } from './device.ts';

export interface Circumstances {
  readonly device: Device;
  /** What the person has just seen fail. */
  readonly failed?: { readonly method?: MethodId | undefined; readonly code: Code };
}

interface Row {
  readonly applies: (circumstances: Circumstances, closed: readonly MethodId[]) => boolean;
  /** Before all others, in this order. */
  readonly first?: readonly MethodId[];
  /** After all others. */
  readonly last?: readonly MethodId[];
  /** Would end as what just failed. */
  readonly never?: readonly MethodId[];
}

const failedWith =
  (codes: readonly string[], methods?: readonly MethodId[]): Row['applies'] =>
  ({ failed }) =>
    failed !== undefined &&
    codes.some((code) => failed.code === code || failed.code.startsWith(`${code}/`)) &&
    (methods?.some((method) => method === failed.method) ?? true);

const CARD: readonly MethodId[] = ['wallet', 'jpki', 'jpki-mobile'];
const PLASTIC: readonly MethodId[] = ['wallet', 'jpki'];

/** Several may apply; of two that place one method, the upper one does. */
export const ROWS = {
  /** Adding a card to a wallet needs the password that is locked. */
  passwordLocked: {
    applies: failedWith(['unavailable/pin_locked']),
    first: ['ic-chip'],
    never: PLASTIC,
  },
  /** What ended with the card's certificate has not ended with the card: its chip still speaks. */
  certificateEnded: {
    applies: failedWith(['validity/certificate_expired', 'revoked/certificate']),
    first: ['ic-chip'],
    never: CARD,
  },
  /** The same card is as bad by another rung. */
  cardEnded: { applies: failedWith(['revoked', 'validity'], CARD), never: CARD },
  /** No method says other than the document: what differs is changed first. */
  accountDiffers: {
    applies: ({ failed }) => failed?.code.startsWith('policy/mismatch_') ?? false,
    never: [...CARD, 'ic-chip', 'photo'],
  },
  /** No card in the wallet, or cancelled: a browser does not tell which. */
  noCard: { applies: failedWith(['incomplete'], ['wallet']), first: ['jpki'], last: ['wallet'] },
  cameraRefused: {
    applies: failedWith(['unavailable/no_camera', 'unavailable/camera'], ['photo']),
    last: ['photo', 'ic-chip'],
  },
  /** A phone whose browser has no wallet reads the card itself. */
  phoneWithoutWallet: {
    applies: ({ device }, closed) => isPhone(device) && closed.includes('wallet'),
    first: ['jpki'],
    last: ['wallet'],
  },
  /** The certificate in an iPhone has its own way; few have set this one up. */
  onIphone: { applies: ({ device }) => device.system === 'iphone', last: ['jpki-mobile'] },
} as const satisfies Readonly<Record<string, Row>>;

/** The methods in the order they are recommended; closed ones stay, for their reason to be said. */
export function recommend(
  availableMethods: readonly AvailableMethod[],
  circumstances: Circumstances,
): readonly AvailableMethod[] {
  const closed = availableMethods
    .filter(({ availability }) => !availability.usable)
    .map(({ offer }) => offer.method);
  const rows: readonly Row[] = Object.values<Row>(ROWS).filter(({ applies }) =>
    applies(circumstances, closed),
  );
  const never = rows.flatMap((row) => row.never ?? []);
  const place = ({ offer: { method } }: AvailableMethod): number => {
    for (const { first = [], last = [] } of rows) {
      if (first.includes(method)) return first.indexOf(method) - first.length;
      if (last.includes(method)) return 1 + last.indexOf(method);
    }
    return 0;
  };
  return availableMethods
    .filter(({ offer }) => !never.includes(offer.method))
    .sort((one, other) => place(one) - place(other));
}
