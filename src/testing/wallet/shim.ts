/**
 * A stand-in for a phone: answers `navigator.credentials.get({ digital })` by the simulated wallet,
 * by the rules of the Digital Credentials API. Always recognizable as a test.
 */
import type { Language } from './labels.ts';
import { type BrowserMode, isBrowserMode, type Mode } from './modes.ts';
import { openSheet, type Sheet, type SheetContent } from './sheet.ts';

export interface ShimSettings {
  /** How the wallet answers, or how the browser around it behaves. */
  mode: Mode | BrowserMode;
  /** Whose card it holds. */
  person?: string | undefined;
  /** Answer this protocol when it is among those asked; otherwise the first of them. */
  protocol?: string | undefined;
  language?: Language | undefined;
}

/** What is asked of the wallet behind the page. */
export interface Asking extends DigitalRequest {
  origin: string;
  mode: Mode;
  person: string | undefined;
}

/** The wallet itself: in this page, or behind a server. */
export interface WalletBehind {
  /** What the approval sheet shows. @throws DOMException, TypeError as the API does */
  describe(asking: Asking, signal?: AbortSignal): Promise<Omit<SheetContent, 'origin'>>;
  /** @throws DOMException, TypeError as the API does */
  answer(asking: Asking, signal?: AbortSignal): Promise<DigitalRequest>;
}

const PROTOCOLS: readonly string[] = [
  'org-iso-mdoc',
  'openid4vp-v1-signed',
  'openid4vp-v1-multisigned',
  'openid4vp-v1-unsigned',
];

export interface DigitalRequest {
  protocol: string;
  data: object;
}

interface GetOptions {
  digital?: { requests?: unknown };
  signal?: AbortSignal;
}

/** How long `slow` takes; longer than a tap stays valid. */
const SLOW = 8_000;

/**
 * Puts the simulated wallet in place of the platform's. On loopback only.
 * @param settings asked at each request
 * @returns takes it away again
 * @throws DOMException `SecurityError` on a page of any other host
 */
export function installWallet(
  settings: () => ShimSettings,
  wallet: WalletBehind = walletAt('/demo/wallet'),
): () => void {
  if (!['localhost', '127.0.0.1', '[::1]'].includes(location.hostname)) {
    throw new DOMException('the simulated wallet is for loopback pages only', 'SecurityError');
  }
  const native: CredentialsContainer | undefined = navigator.credentials;
  let open = false;

  async function get(options?: GetOptions): Promise<unknown> {
    if (!options?.digital) {
      if (native) return native.get(options as CredentialRequestOptions | undefined);
      throw new DOMException('only digital credentials here', 'NotSupportedError');
    }
    const { signal } = options;
    const { mode, protocol } = settings();
    if (isAbsent(mode)) throw new DOMException('no digital credentials here', 'NotSupportedError');
    signal?.throwIfAborted();
    const request = pick(options.digital.requests, protocol, mode);
    if (!document.hasFocus()) throw notAllowed('the document has no focus');
    if (!navigator.userActivation.isActive) throw notAllowed('no transient activation');
    if (open) throw notAllowed('a request is open already');
    if (mode === 'safari-busy') throw new DOMException('a request is open', 'InvalidStateError');
    open = true;
    try {
      return credentialFrom(await ask(request, settings(), wallet, signal), credential.prototype);
    } finally {
      open = false;
    }
  }

  const container = containerWith(native, get);
  const credential = digitalCredentialClass();
  const userAgent = navigator.userAgent;
  const restore = [
    replace(navigator, 'credentials', () => container),
    replace(globalThis, 'DigitalCredential', () =>
      isAbsent(settings().mode) ? undefined : credential,
    ),
    replace(navigator, 'userAgent', () =>
      settings().mode === 'in-app-browser' ? `${userAgent} Safari Line/26.0.0` : userAgent,
    ),
  ];
  return () => {
    for (const undo of restore) undo();
  };
}

const isAbsent = (mode: ShimSettings['mode']): boolean =>
  mode === 'api-absent' || mode === 'in-app-browser';

/** A wallet behind a server, at the address `walletHandler` answers. */
export function walletAt(endpoint: string): WalletBehind {
  return {
    describe: (asking, signal) => post(`${endpoint}/describe`, asking, signal),
    answer: (asking, signal) => post(endpoint, asking, signal),
  };
}

function pick(
  requests: unknown,
  preferred: string | undefined,
  mode: ShimSettings['mode'],
): DigitalRequest {
  if (!Array.isArray(requests)) throw new TypeError('digital.requests is missing');
  // The first Safari to have the API knew one protocol, and took no request beside one of it.
  if (mode === 'safari-protocols' && requests.some(({ protocol }) => protocol !== 'org-iso-mdoc')) {
    throw new TypeError('a request of an unknown protocol');
  }
  const known = requests.filter(isRequest).filter(({ protocol }) => PROTOCOLS.includes(protocol));
  const chosen = known.find(({ protocol }) => protocol === preferred) ?? known[0];
  if (!chosen) throw new TypeError('no request of a supported protocol');
  return chosen;
}

function isRequest(value: unknown): value is DigitalRequest {
  const request = Object(value);
  if (typeof request.protocol !== 'string' || Object(request.data) !== request.data) {
    throw new TypeError('a request is { protocol, data } with an object as data');
  }
  return true;
}

const notAllowed = (why: string): DOMException => new DOMException(why, 'NotAllowedError');

async function ask(
  request: DigitalRequest,
  { mode: wanted, person, language = 'ja' }: ShimSettings,
  wallet: WalletBehind,
  signal: AbortSignal | undefined,
): Promise<DigitalRequest> {
  const { origin } = location;
  const mode = isBrowserMode(wanted) ? 'approve' : wanted;
  const asking = { ...request, origin, mode, person };
  if (wanted === 'slow') await later(SLOW, signal);
  const shown = await wallet.describe(asking, signal);
  const acting = wanted === 'approve' ? undefined : wanted;
  const sheet = openSheet({ ...shown, origin, acting }, language);
  try {
    const approved = wanted !== 'safari-cancel' && (await decided(sheet, signal));
    if (!approved) throw cancelled(wanted);
    sheet.busy();
    return await wallet.answer(asking, signal);
  } finally {
    sheet.close();
  }
}

/** Safari 26 of before July 2026 told a cancel as if the page had aborted. */
const cancelled = (mode: ShimSettings['mode']): DOMException =>
  mode === 'safari-cancel' ? new DOMException('cancelled', 'AbortError') : notAllowed('cancelled');

function later(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

function decided(sheet: Sheet, signal: AbortSignal | undefined): Promise<boolean> {
  const aborted = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([sheet.decision, aborted]);
}

async function post<T>(url: string, asking: Asking, signal: AbortSignal | undefined): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(asking),
    ...(signal && { signal }),
  });
  const answer = await response.json();
  if (response.ok) return answer;
  if (answer.exception === 'TypeError') throw new TypeError(answer.message);
  throw notAllowed(answer.message);
}

/** The class the element looks for, whether or not this browser has one. */
function digitalCredentialClass(): { prototype: object } {
  const native: unknown = Reflect.get(globalThis, 'DigitalCredential');
  const base = typeof native === 'function' ? native.prototype : Object.prototype;
  function DigitalCredential(): never {
    throw new TypeError('Illegal constructor');
  }
  DigitalCredential.prototype = Object.create(base);
  DigitalCredential.userAgentAllowsProtocol = (protocol: string) => PROTOCOLS.includes(protocol);
  return DigitalCredential;
}

function credentialFrom({ protocol, data }: DigitalRequest, prototype: object): object {
  const members = { type: 'digital', id: '', protocol, data };
  return Object.defineProperties(Object.create(prototype), {
    ...Object.getOwnPropertyDescriptors(members),
    toJSON: { value: () => members },
  });
}

/** The platform's container with another `get`. */
function containerWith(
  native: CredentialsContainer | undefined,
  get: (options?: GetOptions) => Promise<unknown>,
): object {
  if (!native) return { get };
  return new Proxy(native, {
    get(target, name) {
      if (name === 'get') return get;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** Defines a property, and returns what puts the former one back. */
function replace(target: object, name: string, get: () => unknown): () => void {
  const own = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { configurable: true, get });
  return () => {
    if (own) Object.defineProperty(target, name, own);
    else Reflect.deleteProperty(target, name);
  };
}
