/** Every screen by name, for looking at them and for testing them. */
import type { MethodRun } from '../../src/methods/method.ts';
import {
  awaitingPanel,
  consentPanel,
  type WalletPanel,
} from '../../src/methods/wallet/page/panel.ts';
import type { Snapshot } from '../../src/session/api.ts';
import type { Failed } from '../../src/session/flow.ts';
import { toBase64url } from '../../src/wire/bytes.ts';
import type { ReviewItem, SessionView } from '../../src/wire/contract.ts';
import { type Code, IdVerifyError } from '../../src/wire/error.ts';
import { offeredMethods, sessionView, snapshotOf, USER_AGENTS } from './stage.ts';

const quiet = () => undefined;

export function walletRun(change: Partial<WalletPanel> = {}): MethodRun {
  const wallet: WalletPanel = {
    session: sessionView,
    asked: sessionView.claims,
    notAsked: ['individual_number', 'sex'],
    ready: true,
    approve: quiet,
    back: quiet,
    other: quiet,
    cancel: quiet,
    ...change,
  };
  return {
    render: (state, view) =>
      state === 'consent' ? consentPanel(wallet, view) : awaitingPanel(wallet, view),
  };
}

const ageOnly: SessionView = {
  ...sessionView,
  purpose: {
    ja: 'お酒を買える年齢かどうかだけを確認します。',
    en: 'Only to see whether you may buy alcohol.',
  },
  claims: [
    { claim: 'age_over_20', purpose: { ja: '年齢の確認', en: 'To check your age' }, retainDays: 0 },
  ],
};

/** A drawn face, JPEG as a wallet would send it. */
export async function drawnPortrait(): Promise<string> {
  const canvas = new OffscreenCanvas(240, 300);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = '#d9e6ff';
  context.fillRect(0, 0, 240, 300);
  context.fillStyle = '#7096f8';
  context.beginPath();
  context.arc(120, 120, 50, 0, 7);
  context.ellipse(120, 300, 90, 105, 0, 0, 7);
  context.fill();
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
  return toBase64url(new Uint8Array(await blob.arrayBuffer()));
}

export function reviewed(portrait: string, match: 'match' | 'mismatch' | 'undetermined'): Snapshot {
  const items: ReviewItem[] = [
    { kind: 'text', claim: 'name', value: '番号　花子', match: 'match' },
    { kind: 'text', claim: 'birth_date', value: '1971-09-01', match: 'match' },
    { kind: 'text', claim: 'address', value: '〇〇県△△市□□町1-2-3', match },
    { kind: 'text', claim: 'sex', value: '2' },
    { kind: 'boolean', claim: 'age_over_20', value: true },
    { kind: 'image', claim: 'portrait', type: 'image/jpeg', value: portrait },
  ];
  const hideAt = sessionView.status.now + 300_000;
  return snapshotOf({
    state: 'review',
    method: 'wallet',
    review: { method: 'wallet', hideAt, items },
  });
}

export function failure(code: Code, change: Partial<Failed> = {}): Snapshot {
  const error = new IdVerifyError(code, 'made up');
  return snapshotOf({
    state: 'failed',
    from: 'awaiting',
    method: 'wallet',
    ended: error.category === 'session' || error.category === 'limit',
    error,
    ...change,
  });
}

function reviewerRefused(): Snapshot {
  const snapshot = failure('policy/review', { from: 'pending', method: 'photo', ended: true });
  const reason = {
    ja: '裏面の住所が光って読めませんでした。',
    en: 'The address on the back could not be read because of glare.',
  };
  return snapshot.status ? { ...snapshot, status: { ...snapshot.status, reason } } : snapshot;
}

export interface SceneSetting {
  readonly snapshot: Snapshot;
  readonly waitStage?: 0 | 1 | 2;
  /** What the browser says it is. */
  readonly userAgent?: string;
}

const closedWallet: SceneSetting = {
  snapshot: snapshotOf(
    { state: 'choose' },
    { availableMethods: offeredMethods('unavailable/no_api') },
  ),
};

const before = (waitStage: 0 | 1 | 2): SceneSetting => ({
  snapshot: { flow: { state: 'preparing' }, availableMethods: [], volatile: false },
  waitStage,
});

const consent = (change: Partial<WalletPanel>, session = sessionView): SceneSetting => ({
  snapshot: snapshotOf(
    { state: 'consent', method: 'wallet' },
    { session, run: walletRun({ session, asked: session.claims, ...change }) },
  ),
});

const FAILURES: readonly Code[] = [
  'incomplete/not_allowed',
  'validity/mso_expired',
  'revoked',
  'undetermined',
  'untrusted_issuer',
  'digest/mismatch',
  'unavailable/network',
  'unavailable/backend',
  'policy/mismatch_address',
  'undetermined/match_name',
];

export async function scenes(): Promise<Record<string, SceneSetting>> {
  const portrait = await drawnPortrait();
  const { session: _, status: __, ...nothingYet } = snapshotOf({ state: 'preparing' });
  return {
    preparing: before(0),
    'preparing-2s': before(1),
    'preparing-10s': before(2),
    intro: { snapshot: snapshotOf({ state: 'intro' }) },
    'intro-test': {
      snapshot: snapshotOf(
        { state: 'intro' },
        { session: { ...sessionView, environment: 'test' } },
      ),
    },
    choose: { snapshot: snapshotOf({ state: 'choose' }) },
    'choose-closed': closedWallet,
    'choose-closed-iphone': { ...closedWallet, userAgent: USER_AGENTS.iphone },
    'choose-in-line': { ...closedWallet, userAgent: USER_AGENTS.line },
    ...Object.fromEntries(
      (
        [
          'unavailable/no_api',
          'unavailable/no_protocol',
          'blocked/insecure_context',
          'blocked/permissions_policy',
        ] as const
      ).map((reason) => [
        `none-${reason.replace('/', '-')}`,
        {
          snapshot: snapshotOf(
            { state: 'choose' },
            { availableMethods: offeredMethods(reason).slice(0, 1) },
          ),
        },
      ]),
    ),
    consent: consent({}),
    'consent-preparing': consent({ ready: false }),
    'consent-age': consent(
      { notAsked: ['name', 'address', 'birth_date', 'portrait', 'individual_number'] },
      ageOnly,
    ),
    awaiting: {
      snapshot: snapshotOf({ state: 'awaiting', method: 'wallet' }, { run: walletRun() }),
    },
    submitting: { snapshot: snapshotOf({ state: 'submitting', method: 'wallet' }) },
    review: { snapshot: reviewed(portrait, 'match') },
    'review-mismatch': { snapshot: reviewed(portrait, 'mismatch') },
    'review-undecodable': { snapshot: reviewed(toBase64url(new Uint8Array(40)), 'undetermined') },
    'review-hidden': { snapshot: snapshotOf({ state: 'review', method: 'wallet' }) },
    confirming: { snapshot: snapshotOf({ state: 'confirming', method: 'wallet' }) },
    pending: { snapshot: snapshotOf({ state: 'pending', method: 'photo' }) },
    done: {
      snapshot: snapshotOf({ state: 'done', method: 'wallet' }),
    },
    ...Object.fromEntries(
      FAILURES.map((code) => [
        `failed-${code.replace('/', '-')}`,
        { snapshot: failure(code, code.startsWith('policy') ? { from: 'confirming' } : {}) },
      ]),
    ),
    'failed-policy-review': { snapshot: reviewerRefused() },
    'failed-refused': {
      snapshot: failure('policy', { from: 'submitting', method: 'wallet', ended: true }),
    },
    'failed-session-expired': { snapshot: failure('session/expired') },
    'failed-limit-attempts': { snapshot: failure('limit/attempts') },
    'failed-config': {
      snapshot: {
        ...nothingYet,
        availableMethods: [],
        flow: {
          state: 'failed',
          from: 'preparing',
          ended: false,
          error: new IdVerifyError('config/profile', 'made up'),
        },
      },
    },
    cancelled: { snapshot: snapshotOf({ state: 'cancelled' }) },
    expired: { snapshot: snapshotOf({ state: 'expired' }) },
  };
}
