/**
 * The wallet's attempt against shims of the platform: they prove what we do with each answer, not
 * what any browser answers.
 */
import { aTimeout, expect, waitUntil } from '@open-wc/testing';
import { ja } from '../../../screens/first/ja.ts';
import { ja as jaLater } from '../../../screens/later/ja.ts';
import type { PanelContent } from '../../../ui/panel.ts';
import type { PanelView } from '../../../ui/view.ts';
import type { SessionView, WalletAnswer, WalletRequest } from '../../../wire/contract.ts';
import { IdVerifyError } from '../../../wire/error.ts';
import type { MethodHost } from '../../method.ts';
import { wallet } from './method.ts';
import { startWallet } from './run.ts';

type Get = (options: { digital: { requests: unknown[] }; signal: AbortSignal }) => unknown;

const undo: (() => void)[] = [];
afterEach(() => {
  for (const restore of undo.splice(0).reverse()) restore();
});

function replace(target: object, name: string, value: unknown): void {
  const before = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { configurable: true, writable: true, value });
  undo.push(() => {
    if (before) Object.defineProperty(target, name, before);
    else Reflect.deleteProperty(target, name);
  });
}

/** A platform that allows these protocols and answers by `get`. */
function shim(get: Get, allowed: readonly string[] = ['org-iso-mdoc']): void {
  replace(globalThis, 'DigitalCredential', {
    userAgentAllowsProtocol: (protocol: string) => allowed.includes(protocol),
  });
  replace(navigator, 'credentials', { get });
}

const request = (protocol: string) => ({ protocol, data: { request: 'x' } }) as WalletRequest;
const session = { relyingParty: { name: { ja: 'テスト' } }, purpose: { ja: '確認' }, methods: [] };
const view: PanelView = {
  lang: 'ja',
  messages: { ...ja, ...jaLater },
  words: (_, catalog) => catalog,
};
const tap = { isTrusted: true } as Event;

interface Attempt {
  readonly log: string[];
  readonly submitted: unknown[];
  readonly failures: IdVerifyError[];
  readonly controller: AbortController;
  asked: number;
  panel(): PanelContent;
  approve(event?: Event): void;
}

function attempt({
  protocols = ['org-iso-mdoc', 'openid4vp-v1-signed'],
  lifetime = 300_000,
  answer = async (): Promise<void> => undefined,
}: {
  protocols?: string[];
  lifetime?: number;
  /** Delays the n-th answer to `POST wallet`, or throws in its place. */
  answer?: (count: number) => Promise<void>;
} = {}): Attempt {
  const controller = new AbortController();
  undo.push(() => controller.abort());
  const log: string[] = [];
  const submitted: unknown[] = [];
  const failures: IdVerifyError[] = [];
  let state: 'consent' | 'awaiting' = 'consent';
  const set = { log, submitted, failures, controller, asked: 0 };
  const host = {
    session: session as unknown as SessionView,
    offer: { method: 'wallet' },
    lang: 'ja',
    signal: controller.signal,
    client: {
      wallet: async (): Promise<WalletAnswer> => {
        const count = ++set.asked;
        log.push('fetch');
        await answer(count);
        const now = Date.now();
        const requests = protocols.map(request);
        return { id: `r${count}`, now, expiresAt: now + lifetime, requests };
      },
    },
    update: () => undefined,
    begin: () => {
      log.push('begin');
      state = 'awaiting';
    },
    back: () => {
      log.push('back');
      state = 'consent';
    },
    submit: (body: unknown) => {
      log.push('submit');
      submitted.push(body);
    },
    fail: (error: IdVerifyError) => {
      failures.push(error);
      controller.abort();
    },
    other: () => log.push('other'),
    cancel: () => log.push('cancel'),
    announce: () => undefined,
  } as unknown as MethodHost;
  const run = startWallet(host, () => ({ asked: [], notAsked: [] }));
  const panel = () => run.render(state, view);
  return Object.assign(set, {
    panel,
    approve: (event = tap) => run.render('consent', view).primary?.run(event),
  });
}

const ready = (one: Attempt): Promise<void> => waitUntil(() => one.panel().primary?.busy === false);
const answered = { protocol: 'org-iso-mdoc', data: { response: 'AAAA' } };

describe('wallet attempt (shim)', () => {
  it('is not ready before its requests are', async () => {
    let calls = 0;
    shim(() => {
      calls++;
      return new Promise(() => undefined);
    });
    const one = attempt({ answer: () => aTimeout(100) });
    expect(one.panel().primary?.busy).to.equal(true);
    one.approve();
    expect(calls).to.equal(0);
    await ready(one);
  });

  it('calls the platform in the very task of the tap, before anything else', async () => {
    const one = attempt();
    shim(() => {
      one.log.push('get');
      return new Promise(() => undefined);
    });
    await ready(one);
    one.log.length = 0;
    one.approve();
    expect(one.log).to.deep.equal(['get', 'begin']);
  });

  it('offers every usable protocol, and no other, in one call', async () => {
    const offered: unknown[][] = [];
    shim(
      ({ digital }) => {
        offered.push(digital.requests);
        return new Promise(() => undefined);
      },
      ['org-iso-mdoc', 'openid4vp-v1-signed'],
    );
    const one = attempt({
      protocols: ['org-iso-mdoc', 'openid4vp-v1-multisigned', 'openid4vp-v1-signed'],
    });
    await ready(one);
    one.approve();
    expect(offered).to.deep.equal([[request('org-iso-mdoc'), request('openid4vp-v1-signed')]]);
  });

  it('forwards the answer unread, with the request it belongs to', async () => {
    shim(async () => answered);
    const one = attempt();
    await ready(one);
    one.approve();
    await waitUntil(() => one.submitted.length > 0);
    expect(one.submitted).to.deep.equal([{ request: 'r1', ...answered }]);
  });

  it('neg-68 makes at most one call, and none for a synthetic click', async () => {
    let calls = 0;
    shim(() => {
      calls++;
      return new Promise(() => undefined);
    });
    const one = attempt();
    await ready(one);
    one.approve(new MouseEvent('click'));
    expect(calls).to.equal(0);
    one.approve();
    one.approve();
    expect(calls).to.equal(1);
  });

  it('neg-57 posts nothing for a protocol nobody asked', async () => {
    for (const protocol of ['openid4vp-v1-unsigned', 'bogus', undefined]) {
      shim(async () => ({ ...answered, protocol }));
      const one = attempt();
      await ready(one);
      one.approve();
      await waitUntil(() => one.failures.length > 0);
      expect(one.failures[0]?.code).to.equal('request_mismatch/protocol');
      expect(one.submitted).to.deep.equal([]);
    }
  });

  it('neg-82 takes an error in a fulfilled promise for an error', async () => {
    shim(async () => ({ protocol: 'org-iso-mdoc', data: { error: 'access_denied' } }));
    const one = attempt();
    await ready(one);
    one.approve();
    await waitUntil(() => one.failures.length > 0);
    expect(one.failures[0]?.code).to.equal('request_mismatch/openid4vp_error');
    expect(one.submitted).to.deep.equal([]);
  });

  for (const [what, value, code] of [
    ['nothing', null, 'incomplete/not_allowed'],
    ['no data', { protocol: 'org-iso-mdoc' }, 'malformed/wallet_answer'],
    ['text', { protocol: 'org-iso-mdoc', data: 'x' }, 'malformed/wallet_answer'],
  ] as const) {
    it(`an answer that is ${what} → ${code}`, async () => {
      shim(async () => value);
      const one = attempt();
      await ready(one);
      one.approve();
      await waitUntil(() => one.failures.length > 0);
      expect(one.failures[0]?.code).to.equal(code);
    });
  }

  it('neg-73 a cancel, however the browser words it, is incomplete', async () => {
    for (const name of ['NotAllowedError', 'AbortError', 'InvalidStateError']) {
      shim(async () => {
        throw new DOMException('cancelled', name);
      });
      const one = attempt();
      await ready(one);
      one.approve();
      await waitUntil(() => one.failures.length > 0);
      expect(one.failures[0]?.category).to.equal('incomplete');
    }
  });

  it('survives a platform that throws where it should reject', async () => {
    shim(() => {
      throw new TypeError('malformed');
    });
    const one = attempt();
    await ready(one);
    one.approve();
    await waitUntil(() => one.failures.length > 0);
    // The call is not the browser's own here: what it throws is not the service's fault.
    expect(one.failures[0]?.code).to.equal('unavailable/platform');
  });

  it('going back closes the chooser, sends nothing, and leaves the next tap free', async () => {
    const signals: AbortSignal[] = [];
    shim(({ signal }) => {
      signals.push(signal);
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    });
    const one = attempt();
    await ready(one);
    one.approve();
    one.panel().secondary?.run(tap);
    expect(signals[0]?.aborted).to.equal(true);
    await aTimeout(0);
    expect(one.failures).to.deep.equal([]);
    await ready(one);
    one.approve();
    expect(signals).to.have.length(2);
    expect(signals[1]?.aborted).to.equal(false);
  });

  it('an answer that comes after the person went back is dropped', async () => {
    let answer = (_: unknown): void => undefined;
    shim(() => new Promise((resolve) => (answer = resolve)));
    const one = attempt();
    await ready(one);
    one.approve();
    one.panel().secondary?.run(tap);
    answer(answered);
    await aTimeout(0);
    expect(one.submitted).to.deep.equal([]);
  });

  it('renews its requests before they lapse', async () => {
    shim(() => new Promise(() => undefined));
    const one = attempt({ lifetime: 30_150 });
    await waitUntil(() => one.asked >= 3);
    expect(one.failures).to.deep.equal([]);
  });

  it('renews nothing while the chooser is open', async () => {
    shim(() => new Promise(() => undefined));
    const one = attempt({ lifetime: 30_300 });
    await ready(one);
    const { asked } = one;
    one.approve();
    await aTimeout(600);
    expect(one.asked).to.equal(asked);
    one.panel().secondary?.run(tap);
    await waitUntil(() => one.asked > asked);
  });

  it('neg-75 never sends a request that has lapsed', async () => {
    let calls = 0;
    shim(() => {
      calls++;
      return new Promise(() => undefined);
    });
    const one = attempt({ lifetime: 400, answer: (count) => aTimeout(count > 1 ? 60_000 : 0) });
    await ready(one);
    await aTimeout(450);
    one.approve();
    expect(calls).to.equal(0);
    expect(one.panel().primary?.busy).to.equal(true);
    expect(one.asked).to.equal(2);
  });

  it('keeps fresh requests where renewing them fails, and gives up only once they lapse', async () => {
    shim(() => new Promise(() => undefined));
    const one = attempt({
      lifetime: 30_100,
      answer: async (count) => {
        if (count > 1) throw new IdVerifyError('unavailable/network', 'down');
      },
    });
    await waitUntil(() => one.asked === 2);
    await aTimeout(20);
    expect(one.failures).to.deep.equal([]);
    expect(one.panel().primary?.busy).to.equal(false);
  });

  it('says so where no protocol is in common', async () => {
    shim(() => undefined, ['org-iso-mdoc']);
    const one = attempt({ protocols: ['openid4vp-v1-signed'] });
    await waitUntil(() => one.failures.length > 0);
    expect(one.failures[0]?.code).to.equal('unavailable/no_protocol');
  });
});

describe('wallet availability (shim)', () => {
  const availability = () => wallet.availability({ method: 'wallet' });
  const code = () => {
    const found = availability();
    return found.usable ? 'usable' : found.code;
  };

  it('is usable where the browser forwards a protocol of ours', () => {
    shim(() => undefined);
    expect(code()).to.equal('usable');
  });
  it('neg-72 is not where it forwards none, and nothing is called', () => {
    shim(() => expect.fail('called'), []);
    expect(code()).to.equal('unavailable/no_protocol');
  });
  it('never takes a browser’s yes to an unknown name for one of ours', () => {
    shim(() => undefined, ['bogus']);
    expect(code()).to.equal('unavailable/no_protocol');
  });
  it('guards each global by itself', () => {
    shim(() => undefined);
    replace(navigator, 'credentials', undefined);
    expect(code()).to.equal('unavailable/no_api');
    shim(() => undefined);
    replace(globalThis, 'DigitalCredential', undefined);
    expect(code()).to.equal('unavailable/no_api');
  });
  it('neg-64 names an insecure page and a policy that forbids it', () => {
    shim(() => undefined);
    const policy = { features: () => ['digital-credentials-get'], allowsFeature: () => false };
    replace(document, 'permissionsPolicy', policy);
    // WebKit's runner shows the tests in a frame, the others do not.
    const framed = window.parent !== window;
    expect(code()).to.equal(framed ? 'blocked/permissions_policy' : 'blocked/page_policy');
    replace(globalThis, 'isSecureContext', false);
    expect(code()).to.equal('blocked/insecure_context');
  });
  it('a question about protocols that throws leaves the wallet open', () => {
    shim(() => undefined);
    replace(globalThis, 'DigitalCredential', {
      userAgentAllowsProtocol() {
        throw new TypeError('not now');
      },
    });
    expect(code()).to.equal('usable');
  });
  it('does not take a policy that does not know the feature for one that forbids it', () => {
    shim(() => undefined);
    replace(document, 'permissionsPolicy', { features: () => [], allowsFeature: () => false });
    expect(code()).to.equal('usable');
  });
});
