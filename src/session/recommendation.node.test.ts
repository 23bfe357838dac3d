import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { MethodId } from '../wire/contract.ts';
import type { Code } from '../wire/error.ts';
import type { AvailableMethod } from './api.ts';
import { deviceOf } from './device.ts';
import { type ROWS, recommend } from './recommendation.ts';

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const SAFARI = `${IPHONE} Version/18.6 Mobile/15E148 Safari/604.1`;
const CHROME =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36';
const DESKTOP =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

describe('a device', () => {
  for (const [what, userAgent, device] of [
    ['Safari on an iPhone', SAFARI, { system: 'iphone', inApp: false }],
    ['Chrome on Android', CHROME, { system: 'android', inApp: false }],
    ['Chrome on a desktop', DESKTOP, { system: 'other', inApp: false }],
    ['LINE on an iPhone', `${SAFARI} Line/14.9.0`, { system: 'iphone', inApp: true }],
    [
      'Instagram on an iPhone',
      `${IPHONE} Mobile/15E148 Instagram 350.0`,
      { system: 'iphone', inApp: true },
    ],
    ['an app’s view on an iPhone', `${IPHONE} Mobile/15E148`, { system: 'iphone', inApp: true }],
    [
      'Facebook on Android',
      `${CHROME} [FB_IAB/FB4A;FBAV/480.0;]`,
      { system: 'android', inApp: true },
    ],
    [
      'an app’s view on Android',
      CHROME.replace('; K)', '; K; wv)'),
      { system: 'android', inApp: true },
    ],
  ] as const) {
    test(what, () => assert.deepEqual(deviceOf(userAgent), device));
  }
});

const EVERY: readonly MethodId[] = ['wallet', 'jpki-mobile', 'photo', 'jpki', 'ic-chip'];

function offered(closed: readonly MethodId[] = []): readonly AvailableMethod[] {
  return EVERY.map((method) => ({
    offer: { method } as AvailableMethod['offer'],
    availability: closed.includes(method)
      ? { usable: false, code: 'unavailable/no_api' }
      : { usable: true },
  }));
}

interface Expected {
  readonly on?: string;
  readonly closed?: readonly MethodId[];
  readonly failed?: readonly [MethodId, Code];
  readonly is: readonly MethodId[];
}

/** The server’s order is that of `EVERY`. */
const EXPECTED: Readonly<Record<keyof typeof ROWS, readonly Expected[]>> = {
  noCard: [
    {
      failed: ['wallet', 'incomplete'],
      is: ['jpki', 'jpki-mobile', 'photo', 'ic-chip', 'wallet'],
    },
    {
      on: SAFARI,
      failed: ['wallet', 'incomplete'],
      is: ['jpki', 'photo', 'ic-chip', 'wallet', 'jpki-mobile'],
    },
  ],
  passwordLocked: [
    { failed: ['jpki', 'unavailable/pin_locked'], is: ['ic-chip', 'jpki-mobile', 'photo'] },
    {
      on: SAFARI,
      failed: ['jpki', 'unavailable/pin_locked'],
      is: ['ic-chip', 'photo', 'jpki-mobile'],
    },
  ],
  certificateEnded: [
    { failed: ['jpki', 'validity/certificate_expired'], is: ['ic-chip', 'photo'] },
    { failed: ['jpki', 'revoked/certificate'], is: ['ic-chip', 'photo'] },
  ],
  cardEnded: [
    { failed: ['wallet', 'revoked/status'], is: ['photo', 'ic-chip'] },
    { failed: ['wallet', 'validity/mso'], is: ['photo', 'ic-chip'] },
  ],
  accountDiffers: [{ failed: ['wallet', 'policy/mismatch_address'], is: [] }],
  cameraRefused: [
    {
      failed: ['photo', 'unavailable/no_camera'],
      is: ['wallet', 'jpki-mobile', 'jpki', 'photo', 'ic-chip'],
    },
  ],
  phoneWithoutWallet: [
    {
      on: CHROME,
      closed: ['wallet'],
      is: ['jpki', 'jpki-mobile', 'photo', 'ic-chip', 'wallet'],
    },
    {
      on: `${SAFARI} Line/14.9.0`,
      closed: ['wallet'],
      is: ['jpki', 'photo', 'ic-chip', 'wallet', 'jpki-mobile'],
    },
    { on: DESKTOP, closed: ['wallet'], is: EVERY },
  ],
  onIphone: [
    { on: SAFARI, is: ['wallet', 'photo', 'jpki', 'ic-chip', 'jpki-mobile'] },
    { on: CHROME, is: EVERY },
  ],
};

for (const [row, cases] of Object.entries(EXPECTED)) {
  for (const { on = DESKTOP, closed, failed, is } of cases) {
    const where = on === DESKTOP ? 'desktop' : on === CHROME ? 'Android' : 'iPhone';
    test(`${row}: ${failed?.join(' ') ?? `closed: ${closed?.join() ?? 'nothing'}`} on ${where}`, () => {
      const circumstances = {
        device: deviceOf(on),
        ...(failed && { failed: { method: failed[0], code: failed[1] } }),
      };
      const recommended = recommend(offered(closed), circumstances);
      assert.deepEqual(
        recommended.map(({ offer }) => offer.method),
        is,
      );
    });
  }
}
