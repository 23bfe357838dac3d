/**
 * The page script: puts the simulated wallet into the page that loads it, before the element.
 *
 * ```html
 * <script type="module" src="http://localhost:8787/testing/wallet.js?mode=cancel&person=minor"></script>
 * ```
 *
 * The wallet is behind the server the script came from. `mode`, `person`, `protocol` and `lang` of
 * its address say how it behaves.
 */
import { isBrowserMode, isMode } from './modes.ts';
import { installWallet, walletAt } from './shim.ts';

const { origin, searchParams } = new URL(import.meta.url);
const mode = searchParams.get('mode');

installWallet(
  () => ({
    mode: isMode(mode) || isBrowserMode(mode) ? mode : 'approve',
    person: searchParams.get('person') ?? undefined,
    protocol: searchParams.get('protocol') ?? undefined,
    language: (searchParams.get('lang') ?? document.documentElement.lang) === 'en' ? 'en' : 'ja',
  }),
  walletAt(`${origin}/demo/wallet`),
);
