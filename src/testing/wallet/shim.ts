/**
 * The demo page's stand-in for a phone: answers `navigator.credentials.get({ digital })` through
 * the simulated wallet of the demo server, by the rules of the Digital Credentials API. Loaded by
 * the demo page only, and always recognizable as a test.
 */
import type { Language } from './labels.ts';
import type { Mode } from './modes.ts';
import { openSheet, type Sheet, type SheetContent } from './sheet.ts';

export interface ShimSettings {
  /** How the wallet behaves. */
  mode: Mode;
  /** Whose card it holds. */
  person?: string | undefined;
  /** Answer this protocol when it is among those asked; otherwise the first of them. */
  protocol?: string | undefined;
  language?: Language | undefined;
}

const PROTOCOLS: readonly string[] = [
  'org-iso-mdoc',
  'openid4vp-v1-signed',
  'openid4vp-v1-multisigned',
  'openid4vp-v1-unsigned',
];

interface DigitalRequest {
  protocol: string;
  data: object;
}

interface GetOptions {
  digital?: { requests?: unknown };
  signal?: AbortSignal;
}

/**
 * Puts the simulated wallet in place of the platform's.
 * @param settings asked at each request
 * @returns takes it away again
 */
export function installWallet(settings: () => ShimSettings, endpoint = '/demo/wallet'): () => void {
  const native: CredentialsContainer | undefined = navigator.credentials;
  let open = false;

  async function get(options?: GetOptions): Promise<unknown> {
    if (!options?.digital) {
      if (native) return native.get(options as CredentialRequestOptions | undefined);
      throw new DOMException('only digital credentials here', 'NotSupportedError');
    }
    const { signal } = options;
    signal?.throwIfAborted();
    const request = pick(options.digital.requests, settings().protocol);
    if (!document.hasFocus()) throw notAllowed('the document has no focus');
    if (!navigator.userActivation.isActive) throw notAllowed('no transient activation');
    if (open) throw notAllowed('a request is open already');
    open = true;
    try {
      return credentialFrom(await ask(request, settings(), endpoint, signal));
    } finally {
      open = false;
    }
  }

  const restore = [
    replace(navigator, 'credentials', containerWith(native, get)),
    replace(globalThis, 'DigitalCredential', digitalCredentialClass()),
  ];
  return () => {
    for (const undo of restore) undo();
  };
}

function pick(requests: unknown, preferred: string | undefined): DigitalRequest {
  if (!Array.isArray(requests)) throw new TypeError('digital.requests is missing');
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
  { mode, person, language = 'ja' }: ShimSettings,
  endpoint: string,
  signal: AbortSignal | undefined,
): Promise<DigitalRequest> {
  const { origin } = location;
  const body = JSON.stringify({ ...request, origin, mode, person });
  const shown = await post<Omit<SheetContent, 'origin'>>(`${endpoint}/describe`, body, signal);
  const acting = mode === 'approve' ? undefined : mode;
  const sheet = openSheet({ ...shown, origin, acting }, language);
  try {
    if (!(await decided(sheet, signal))) throw notAllowed('cancelled');
    sheet.busy();
    return await post<DigitalRequest>(endpoint, body, signal);
  } finally {
    sheet.close();
  }
}

function decided(sheet: Sheet, signal: AbortSignal | undefined): Promise<boolean> {
  const aborted = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([sheet.decision, aborted]);
}

async function post<T>(url: string, body: string, signal: AbortSignal | undefined): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    ...(signal && { signal }),
  });
  const answer = await response.json();
  if (response.ok) return answer;
  if (answer.exception === 'TypeError') throw new TypeError(answer.message);
  throw notAllowed(answer.message);
}

/** The class the element looks for, whether or not this browser has one. */
function digitalCredentialClass(): object {
  const native: unknown = Reflect.get(globalThis, 'DigitalCredential');
  const base = typeof native === 'function' ? native.prototype : Object.prototype;
  function DigitalCredential(): never {
    throw new TypeError('Illegal constructor');
  }
  DigitalCredential.prototype = Object.create(base);
  DigitalCredential.userAgentAllowsProtocol = (protocol: string) => PROTOCOLS.includes(protocol);
  return DigitalCredential;
}

function credentialFrom({ protocol, data }: DigitalRequest): object {
  const members = { type: 'digital', id: '', protocol, data };
  const { prototype } = Reflect.get(globalThis, 'DigitalCredential');
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
function replace(target: object, name: string, value: unknown): () => void {
  const own = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { configurable: true, writable: true, value });
  return () => {
    if (own) Object.defineProperty(target, name, own);
    else Reflect.deleteProperty(target, name);
  };
}
