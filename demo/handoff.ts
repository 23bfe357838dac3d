/** Handoffs of the demo: the simulated operator, for a verifier in the same process. */
import { networkInterfaces } from 'node:os';
import type { Phone } from '../src/testing/phone/server.ts';
import {
  directoryCrl,
  type HandoffOptions,
  operatorsWord,
  platformOperator,
  type Sender,
} from '../src/verifier/index.ts';

const BASE = '/id-verify';
/** What a phone in the own network may ask; pages and calls of the site stay on loopback. */
const FOR_PHONES = [`${BASE}/h/`, `${BASE}/handoff/callback/`, '/demo/phone/s/'];

/** Where the card is put into the phone's wallet, as the Digital Agency explains it. */
const ADD_TO_WALLET = 'https://services.digital.go.jp/mynumbercard-iphone/';

/** @param origin where phones reach this server */
export function demoHandoff(phone: Phone, origin: string): HandoffOptions {
  const ask: typeof fetch = async (input, init) =>
    (await phone.handle(new Request(input, init))) ?? new Response(null, { status: 404 });
  return {
    url: origin + BASE,
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

const isForPhones = (pathname: string): boolean =>
  FOR_PHONES.some((prefix) => pathname.startsWith(prefix));

export type Handler = (request: Request, from: Sender) => Promise<Response>;

/** The own network gets what a phone needs, and nothing of the site, by whatever name it asks. */
export const onlyForPhones =
  (handler: Handler): Handler =>
  async (request, from) =>
    isThisMachine(from) || isForPhones(new URL(request.url).pathname)
      ? handler(request, from)
      : new Response('not found', { status: 404 });

/** By the socket's address: anybody can write `localhost` into a header. */
export const isThisMachine = ({ address = '' }: Sender): boolean =>
  address === '::1' || address.startsWith('127.');

type Interfaces = ReturnType<typeof networkInterfaces>;

/** This machine's address in its private network. @throws Error where it has none */
export function lanAddress(interfaces: Interfaces = networkInterfaces()): string {
  const address = Object.values(interfaces)
    .flatMap((each) => each ?? [])
    .find(({ family, internal, address }) => family === 'IPv4' && !internal && isPrivate(address));
  if (address === undefined) throw new Error('--lan: no address in a private network');
  return address.address;
}

/** RFC 1918. */
const isPrivate = (address: string): boolean =>
  /^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(address);
