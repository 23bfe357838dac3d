/** A stage for single screens: real panels, frame and words, over a snapshot somebody made up. */
import { LitElement } from 'lit';
import { renderFrame } from '../../src/element/frame.ts';
import { elementStyles } from '../../src/element/id-verify.styles.ts';
import { LazyScreens } from '../../src/element/lazy-screens.ts';
import { panelFor } from '../../src/element/panel-for.ts';
import type { Language } from '../../src/i18n/language.ts';
import { firstStyles } from '../../src/screens/first/styles.ts';
import type { AvailableMethod, Session, Snapshot } from '../../src/session/api.ts';
import type { Flow } from '../../src/session/flow.ts';
import { colors } from '../../src/ui/colors.ts';
import { cameraIcon, cardIcon, walletIcon } from '../../src/ui/icons.ts';
import type { PanelContent } from '../../src/ui/panel.ts';
import type { SessionView } from '../../src/wire/contract.ts';
import type { Code } from '../../src/wire/error.ts';

const INTENTS = [
  'open',
  'begin',
  'choose',
  'back',
  'confirm',
  'dispute',
  'reveal',
  'retry',
  'other',
  'cancel',
  'restart',
  'setLang',
  'suspend',
  'resume',
] as const;

/** Notes what it was asked for, and does nothing. */
export function stubSession(snapshot: Snapshot, asked: string[]): Session {
  const note =
    (intent: string) =>
    (...details: unknown[]): void => {
      asked.push([intent, ...details].join(' '));
    };
  const intents = Object.fromEntries(INTENTS.map((intent) => [intent, note(intent)]));
  return { snapshot, subscribe: () => () => undefined, ...intents } as unknown as Session;
}

const entry = (id: 'wallet' | 'jpki' | 'photo', icon: typeof cardIcon) => ({
  id,
  icon,
  availability: () => ({ usable: true as const }),
  load: () => Promise.reject(new Error('a stage has no methods')),
});

/** The wallet, the card and photos; the wallet with this code where it cannot be used. */
export function offeredMethods(walletClosed?: Code): AvailableMethod[] {
  return [
    {
      offer: { method: 'wallet' },
      entry: entry('wallet', walletIcon),
      availability: walletClosed ? { usable: false, code: walletClosed } : { usable: true },
    },
    {
      offer: { method: 'jpki', app: { ja: 'マイナポータル' } },
      entry: entry('jpki', cardIcon),
      availability: { usable: true },
    },
    {
      offer: { method: 'photo', documents: ['licence'], gestures: true, files: false },
      entry: entry('photo', cameraIcon),
      availability: { usable: true },
    },
  ];
}

export const USER_AGENTS = {
  iphone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
  android:
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
  line: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Safari Line/14.9.0',
} as const;

/** The browser says to be this one, until it is called without. */
export function pretend(userAgent?: string): void {
  if (userAgent) {
    Object.defineProperty(navigator, 'userAgent', { value: userAgent, configurable: true });
  } else Reflect.deleteProperty(navigator, 'userAgent');
}

const NOW = Date.UTC(2026, 10, 22);
const HASH = 'A'.repeat(43);

export const sessionView: SessionView = {
  id: 'stage',
  status: {
    state: 'awaiting',
    version: 1,
    now: NOW,
    expiresAt: NOW + 600_000,
    attemptsLeft: 5,
    seq: 0,
    prev: HASH,
  },
  challenge: HASH,
  audience: 'https://bank.example/id-verify',
  origin: 'https://bank.example',
  profile: 'identity',
  environment: 'production',
  relyingParty: {
    name: { ja: 'サンプル銀行', en: 'Sample Bank' },
    privacyPolicy: 'https://bank.example/privacy',
  },
  purpose: {
    ja: '口座を開くための本人確認に使います。',
    en: 'Used to prove who opens the account.',
  },
  claims: [
    {
      claim: 'name',
      purpose: { ja: '申込書との照合', en: 'To compare with the application' },
      retainDays: 2557,
    },
    {
      claim: 'address',
      purpose: { ja: '申込書との照合', en: 'To compare with the application' },
      retainDays: 2557,
    },
    {
      claim: 'birth_date',
      purpose: { ja: '申込書との照合', en: 'To compare with the application' },
      retainDays: 2557,
    },
    {
      claim: 'portrait',
      purpose: { ja: 'ご本人であることの確認', en: 'To see that it is you' },
      retainDays: 0,
    },
  ],
  methods: offeredMethods().map(({ offer }) => offer),
};

export function snapshotOf(flow: Flow, change: Partial<Snapshot> = {}): Snapshot {
  const { status } = sessionView;
  return {
    flow,
    session: sessionView,
    status,
    availableMethods: offeredMethods(),
    volatile: false,
    ...change,
  };
}

/** One screen, drawn as the element draws it. */
export class PanelStage extends LitElement {
  static override styles = [colors, elementStyles, firstStyles];
  static override properties = {
    snapshot: { attribute: false },
    waitStage: { type: Number },
    speak: {},
    theme: { reflect: true },
  };

  declare snapshot: Snapshot;
  declare waitStage: 0 | 1 | 2;
  declare speak: Language;
  declare theme: string;
  /** What the person asked for, in order. */
  readonly asked: string[] = [];
  notice = '';
  readonly screens = new LazyScreens(this);

  constructor() {
    super();
    this.snapshot = snapshotOf({ state: 'idle' });
    this.waitStage = 0;
    this.speak = 'ja';
  }

  protected override render() {
    this.screens.speak(this.speak);
    const scene = {
      lang: this.screens.lang,
      messages: this.screens.messages,
      words: this.screens.words.bind(this.screens),
      snapshot: this.snapshot,
      session: stubSession(this.snapshot, this.asked),
      service: this.screens.lang === 'ja' ? 'サンプル銀行' : 'Sample Bank',
      waitStage: this.waitStage,
      disabled: false,
      announce: (text: string) => {
        this.notice = text;
        this.requestUpdate();
      },
    };
    const panel: PanelContent = panelFor(scene, this.screens);
    const sheets = [...this.screens.styles, ...(panel.styles ?? [])].flatMap(
      ({ styleSheet }) => styleSheet ?? [],
    );
    const adopted = this.shadowRoot?.adoptedStyleSheets ?? [];
    const more = sheets.filter((sheet) => !adopted.includes(sheet));
    if (this.shadowRoot && more.length > 0) {
      this.shadowRoot.adoptedStyleSheets = [...new Set([...adopted, ...more])];
    }
    return renderFrame(scene, {
      panel,
      said: '',
      notice: this.notice,
      choose: (lang) => {
        this.speak = lang;
      },
    });
  }
}

if (!customElements.get('panel-stage')) customElements.define('panel-stage', PanelStage);
