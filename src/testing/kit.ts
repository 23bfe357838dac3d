/**
 * Everything a verifier needs to be tried against, in one call: a test issuer and what it publishes,
 * a reader certificate, the simulated wallet, the simulated operator with its phone.
 */

import {
  crlSource,
  directoryCrl,
  type HandoffOptions,
  operatorsWord,
  platformOperator,
  type RevocationPolicy,
  statusListSource,
  type VerifierOptions,
  type WalletOptions,
} from '../verifier/index.ts';
import { isLoopback } from '../wire/opening.ts';
import { DOC_TYPES } from './issuer/persons.ts';
import { createTestPki, privateKeyPem, type TestPki } from './issuer/pki.ts';
import { issuerHandler } from './issuer/server.ts';
import { pem } from './issuer/x509.ts';
import { createPhone, type Phone } from './phone/server.ts';
import { walletHandler } from './wallet/server.ts';
import { createWallet, type Wallet } from './wallet/wallet.ts';

export interface TestKitOptions {
  /** Where the verifier is reached, for example `http://localhost:8080`. Loopback only. */
  readonly origin: string;
  /** Further origins whose pages the wallet answers, as a development server's. Loopback only. */
  readonly pages?: readonly string[];
  /** The relying party as its reader certificate names it: the verifier's `relyingParty.name`. */
  readonly name: string;
  /** Path the verifier is mounted at. Default `/id-verify`. */
  readonly basePath?: string;
  /** Where phones reach it, when that is not `origin`. An address of the own network is allowed. */
  readonly phoneOrigin?: string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

export interface TestKit {
  /** Spread into `createVerifier`: all but who is signed in, what is asked, and the store. */
  readonly options: Required<
    Pick<VerifierOptions, 'relyingParty' | 'origins' | 'transferPages' | 'wallet' | 'handoff'>
  >;
  /** `options.wallet` of `createVerifier`: test anchors, reader certificate, sources of revocation. */
  readonly wallet: WalletOptions;
  /** `options.handoff` of `createVerifier`: the simulated operator for every JPKI rung. */
  readonly handoff: HandoffOptions;
  /**
   * Serves what lies below `/demo/wallet`, `/demo/issuer` and `/demo/phone`: the wallet of the page
   * script, the issuer's lists, the operator with the phone's pages.
   * @returns undefined for any other request
   */
  handle(request: Request): Promise<Response | undefined>;
  /** The wallet itself, for a test without a browser. */
  readonly simulatedWallet: Wallet;
  readonly pki: TestPki;
}

/**
 * @example
 * const kit = createTestKit({ origin: 'http://localhost:8080', name: '株式会社サンプル' });
 * const verifier = createVerifier({ ...kit.options, authorize, profiles, store: memoryStore() });
 * @throws RangeError for an origin that is not loopback
 */
export function createTestKit({
  origin,
  pages = [],
  name,
  basePath = '/id-verify',
  phoneOrigin = origin,
  now = Date.now,
}: TestKitOptions): TestKit {
  const origins = [origin, ...pages];
  requireLoopback(...origins);
  const pki = createTestPki({ reader: { organization: name }, now: new Date(now()) });
  const clock = () => new Date(now());
  const issuer = issuerHandler(pki, clock);
  const statusList = `${origin}/demo/issuer/status`;
  const simulatedWallet = onLoopback(createWallet({ pki, statusList, now: clock }));
  const answerWallet = walletHandler(simulatedWallet, origins);
  let phone: Phone | undefined;
  // Its cards have keys of RSA, which take a moment to make.
  const thePhone = () => {
    phone ??= createPhone({ origin: phoneOrigin, now });
    return phone;
  };
  const wallet: WalletOptions = {
    trustAnchors: DOC_TYPES.map((docType) => ({
      docType,
      certificates: [pki.iaca.certificate],
      test: true,
    })),
    readers: [
      {
        certificates: pem('CERTIFICATE', pki.reader.certificate),
        key: privateKeyPem(pki.reader.keys.privateKey),
      },
    ],
    revocation: listsOf(issuer),
  };
  const handoff = () => handoffOf(thePhone(), phoneOrigin, basePath);
  return {
    pki,
    simulatedWallet,
    wallet,
    get handoff() {
      return handoff();
    },
    get options() {
      const transferPages = origins.map((one) => `${one}/`);
      const relyingParty = { name: { ja: name } };
      return { relyingParty, origins, transferPages, wallet, handoff: handoff() };
    },
    async handle(request) {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith('/demo/phone/')) return thePhone().handle(request);
      return issuer(request) ?? answerWallet(request);
    },
  };
}

/**
 * Loopback, or the page all of this runs in: one that is its own issuer and its own verifier, as the
 * demo without a server, has nobody to deceive.
 * @throws RangeError
 */
export function requireLoopback(...origins: readonly string[]): void {
  for (const origin of origins) {
    if (URL.canParse(origin) && isLoopback(new URL(origin).hostname)) continue;
    if (origin === originOfPage()) continue;
    throw new RangeError(`id-verify/testing is for loopback origins only, not ${origin}`);
  }
}

/** @returns undefined on servers, whatever they define beside it */
function originOfPage(): string | undefined {
  const page: unknown = Reflect.get(globalThis, 'document');
  const { origin } = Object(Reflect.get(globalThis, 'location'));
  return page === undefined ? undefined : origin;
}

/** The same wallet, which says no to a page of any other host. */
function onLoopback(wallet: Wallet): Wallet {
  return {
    describe(request, options) {
      requireLoopback(options.origin);
      return wallet.describe(request, options);
    },
    async answer(request, options) {
      requireLoopback(options.origin);
      return wallet.answer(request, options);
    },
  };
}

/** The issuer's lists are asked where they are made; their addresses lead nowhere. */
function listsOf(issuer: (request: Request) => Response | undefined): RevocationPolicy {
  const fetch = async ({ url, headers }: Request) => {
    const { pathname } = new URL(url);
    const path = pathname.startsWith('/demo/') ? pathname : `/demo/issuer${pathname}`;
    const found = issuer(new Request(new URL(path, url), { headers }));
    return found ?? new Response(null, { status: 404 });
  };
  return {
    sources: [crlSource({ fetch }), statusListSource({ fetch })],
    onUndetermined: 'refuse',
  };
}

/** Where the card is put into the phone's wallet, as the Digital Agency explains it. */
const ADD_TO_WALLET = 'https://services.digital.go.jp/mynumbercard-iphone/';

function handoffOf(phone: Phone, origin: string, basePath: string): HandoffOptions {
  const ask: typeof fetch = async (input, init) =>
    (await phone.handle(new Request(input, init))) ?? new Response(null, { status: 404 });
  return {
    url: origin + basePath,
    providers: [
      platformOperator({
        id: 'demo',
        rungs: ['jpki', 'jpki-mobile', 'ic-chip'],
        app: { ja: 'テスト用アプリ', en: 'the test app' },
        environment: 'test',
        url: `${origin}/demo/phone/api`,
        apiKey: phone.apiKey,
        clientId: phone.clientId,
        fetch: ask,
        bindsBrowser: true,
      }),
    ],
    trustAnchors: phone.cards.roots.map(({ certificate }) => ({ certificate, test: true })),
    // As a registered 署名検証者 does it: the operator's word, and the list of the municipality.
    revocation: { sources: [operatorsWord(), directoryCrl(async () => phone.cards.crl())] },
    addToWallet: ADD_TO_WALLET,
  };
}
