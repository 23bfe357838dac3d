/** The screens of a handoff, and of moving a session to a phone, by name. */
import { startHandoff } from '../../src/methods/handoff/page/run.ts';
import { join } from '../../src/methods/handoff/page/transfer/join.ts';
import { offer } from '../../src/methods/handoff/page/transfer/offer.ts';
import type { MethodHost, MethodRun } from '../../src/methods/method.ts';
import {
  HANDOFF_CODES,
  type HandoffAnswer,
  type HandoffStatus,
  type Rung,
  type SessionStatus,
} from '../../src/wire/contract.ts';
import { failure, type SceneSetting } from './scenes.ts';
import { offeredMethods, sessionView, snapshotOf } from './stage.ts';

const HASH = 'A'.repeat(43);
export const APP = { ja: 'マイナポータルアプリ', en: 'the Mynaportal app' };

export function handoffAnswer(change: Partial<HandoffAnswer> = {}): HandoffAnswer {
  const now = Date.now();
  const link = (name: string) =>
    `https://verify.bank.example/id-verify/h/${HASH.slice(21)}.${name}`;
  return {
    id: 'h1',
    rung: 'jpki',
    now,
    expiresAt: now + 271_000,
    code: '47',
    links: { qr: link('qr'), here: link('here'), copy: link('copy') },
    rotating: false,
    statement: {
      ja: '「サンプル銀行」に、氏名、住所、生年月日を伝えることに同意します。目的: 口座を開くための本人確認。確認コード: 47。',
      en: 'I agree that “Sample Bank” is told my name, address, date of birth. Purpose: to open an account. Code: 47.',
    },
    ...change,
  };
}

export const statusWith = (
  handoff: Partial<HandoffStatus> | undefined,
  change: Partial<SessionStatus> = {},
): SessionStatus => {
  const now = Date.now();
  const whole = { id: 'h1', rung: 'jpki', phase: 'waiting', expiresAt: now + 271_000 } as const;
  return {
    ...sessionView.status,
    now,
    expiresAt: now + 600_000,
    ...(handoff && { handoff: { ...whole, ...handoff } }),
    ...change,
  };
};

const quiet = () => undefined;
const lasting = new AbortController();

/** A host that answers every call with one handoff and notes what the method asked for. */
export function handoffHost(
  change: Partial<MethodHost> = {},
  answer: () => Promise<unknown> = async () => handoffAnswer(),
  asked: unknown[][] = [],
): MethodHost {
  const note =
    (intent: string) =>
    (...details: unknown[]) =>
      void asked.push([intent, ...details]);
  const client = {
    ask: async ({ timeLimit }: { timeLimit: number }) => {
      asked.push(['ask', timeLimit]);
      return { value: await answer(), bytes: new Uint8Array() };
    },
    status: async () => {
      asked.push(['status']);
      return statusWith({});
    },
  } as unknown as MethodHost['client'];
  return {
    session: sessionView,
    offer: { method: 'jpki', app: APP },
    lang: 'ja',
    client,
    signal: lasting.signal,
    kept: undefined,
    keep: note('keep'),
    update: quiet,
    begin: note('begin'),
    back: note('back'),
    submit: note('submit'),
    fail: note('fail'),
    other: note('other'),
    cancel: note('cancel'),
    announce: note('announce'),
    ...change,
  };
}

/** Until promises that are settled have been heard. */
const soon = () => new Promise((resolve) => setTimeout(resolve, 0));

async function scene(
  state: 'consent' | 'awaiting',
  run: MethodRun,
  method: Rung | 'wallet' = 'jpki',
): Promise<SceneSetting> {
  await soon();
  return { snapshot: snapshotOf({ state, method }, { run }) };
}

async function waiting(statuses: readonly Partial<HandoffStatus>[], answer = handoffAnswer()) {
  const run = startHandoff(handoffHost({}, async () => answer));
  run.status?.(statusWith(undefined));
  await soon();
  await soon();
  for (const one of statuses) run.status?.(statusWith(one));
  return scene('awaiting', run);
}

async function moving(status?: Partial<SessionStatus>): Promise<SceneSetting> {
  const now = Date.now();
  const host = handoffHost({ offer: { method: 'wallet' } });
  const grant = async () => ({
    link: `https://shop.bank.example/account/verify#id-verify=${HASH.slice(21)}.${HASH}`,
    code: '83',
    now,
    expiresAt: now + 95_000,
  });
  const run = offer(host, { grant, takeBack: async () => undefined });
  run.status?.(statusWith(undefined, status));
  await soon();
  return scene('awaiting', run, 'wallet');
}

async function joining(claimed: boolean): Promise<SceneSetting> {
  const run = join({
    update: quiet,
    claim: async () => ({
      ...sessionView,
      handedOver: { startedAt: Date.UTC(2026, 10, 22, 1, 32), device: 'computer' },
    }),
    accept: quiet,
    cancel: quiet,
  });
  const { status: _, ...rest } = snapshotOf({ state: 'preparing' }, { run });
  if (claimed) await typeNumber(run);
  return { snapshot: rest };
}

/** The run asks by its panel; so does this. */
async function typeNumber(run: MethodRun): Promise<void> {
  const { LazyScreens } = await import('../../src/element/lazy-screens.ts');
  const { render } = await import('lit');
  const { renderPanel } = await import('../../src/ui/panel.ts');
  const { ja } = await import('../../src/screens/first/ja.ts');
  const { ja: jaLater } = await import('../../src/screens/later/ja.ts');
  const screens = new LazyScreens({
    addController: quiet,
    removeController: quiet,
    requestUpdate: quiet,
    updateComplete: Promise.resolve(true),
  });
  const view = {
    lang: 'ja',
    messages: { ...ja, ...jaLater },
    words: screens.words.bind(screens),
  } as const;
  const place = document.createElement('div');
  for (let turn = 0; turn < 50 && !place.querySelector('input'); turn++) {
    render(renderPanel(run.render('awaiting', view)), place);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const input = place.querySelector('input');
  if (input) input.value = '83';
  place.querySelector<HTMLElement>('.primary')?.click();
  await soon();
}

/** As on a phone, where the app is. */
async function here(): Promise<SceneSetting> {
  const query = globalThis.matchMedia;
  globalThis.matchMedia = () => ({ matches: true }) as MediaQueryList;
  const shown = waiting([]);
  globalThis.matchMedia = query;
  return shown;
}

const rungs = ['jpki', 'jpki-mobile', 'ic-chip'] as const;

export async function handoffScenes(): Promise<Record<string, SceneSetting>> {
  const consents = rungs.map(async (rung) => {
    const host = handoffHost({ offer: { method: rung, app: APP } });
    return [`handoff-consent-${rung}`, await scene('consent', startHandoff(host), rung)] as const;
  });
  const phases = (['scanned', 'in_app', 'card_read'] as const).map(
    async (phase) => [`handoff-${phase}`, await waiting([{ phase }])] as const,
  );
  const failures = HANDOFF_CODES.filter((code) => code !== 'incomplete/replaced').map((code) => {
    const run = startHandoff(handoffHost());
    const shown = failure(code, { method: 'jpki', ended: false });
    return [`handoff-failed-${code.replace('/', '-')}`, { snapshot: { ...shown, run } }] as const;
  });
  const invited = offeredMethods().map((way) =>
    way.offer.method === 'jpki'
      ? {
          ...way,
          offer: {
            ...way.offer,
            addToWallet: 'https://services.digital.go.jp/mynumbercard-iphone/',
          },
        }
      : way,
  );
  const rotating = handoffAnswer({
    rotating: true,
    links: { qr: 'https://v.example/q', here: 'https://v.example/h' },
  });
  return {
    ...Object.fromEntries(await Promise.all(consents)),
    'handoff-code': await waiting([]),
    'handoff-here': await here(),
    'handoff-rotating': await waiting(
      [{ payload: 'https://v.example/q?t=3&m=AAAAAAAAAAAAAAAAAAAAAA' }],
      rotating,
    ),
    'handoff-preparing': await scene('awaiting', startHandoff(handoffHost())),
    ...Object.fromEntries(await Promise.all(phases)),
    'handoff-noticed': await waiting([{ phase: 'in_app', notice: 'session/callback_used' }]),
    ...Object.fromEntries(failures),
    'failed-replaced': { snapshot: failure('incomplete/replaced', { ended: true }) },
    'done-jpki': {
      snapshot: snapshotOf({ state: 'done', method: 'jpki' }, { availableMethods: invited }),
    },
    'done-follower': {
      snapshot: snapshotOf(
        { state: 'done', method: 'wallet' },
        { status: { ...sessionView.status, state: 'done', role: 'follower' } },
      ),
    },
    'transfer-offer': await moving(),
    'transfer-follow': await moving({ role: 'follower' }),
    'transfer-review': await moving({ role: 'follower', state: 'review' }),
    'transfer-number': await joining(false),
    'transfer-accept': await joining(true),
  };
}
