/** What a browser on a real device can do, as a report to copy. It asks for nothing about a person. */

const PROTOCOLS = [
  'org-iso-mdoc',
  'openid4vp-v1-signed',
  'openid4vp-v1-multisigned',
  'openid4vp-v1-unsigned',
];
const FEATURES = ['digital-credentials-get', 'camera'];
/** Interfaces a page relies on; an in-app browser may have taken some away. */
const INTERFACES = [
  'DigitalCredential',
  'CredentialsContainer',
  'PublicKeyCredential',
  'MediaDevices',
  'ImageCapture',
  'OffscreenCanvas',
  'Worker',
  'indexedDB',
  'CompressionStream',
  'trustedTypes',
];
/** Names that apps put into the browser inside them. */
const IN_APP = /\b(Line|FBAN|FBAV|Instagram|MicroMessenger|YJApp|GSA|wv)\b/;

interface CredentialClass {
  userAgentAllowsProtocol?(protocol: string): boolean;
}

function look(): Record<string, unknown> {
  const credential = Reflect.get(globalThis, 'DigitalCredential') as CredentialClass | undefined;
  const policy =
    Reflect.get(document, 'permissionsPolicy') ?? Reflect.get(document, 'featurePolicy');
  const allows = policy as { allowsFeature(feature: string): boolean } | undefined;
  return {
    at: new Date().toISOString().slice(0, 10),
    userAgent: navigator.userAgent,
    inApp: IN_APP.exec(navigator.userAgent)?.[0] ?? false,
    secure: isSecureContext,
    framed: window.top !== window,
    interfaces: Object.fromEntries(INTERFACES.map((name) => [name, name in globalThis])),
    credentialsGet: typeof navigator.credentials?.get,
    protocols: Object.fromEntries(
      PROTOCOLS.map((name) => [
        name,
        credential?.userAgentAllowsProtocol?.(name) ?? 'cannot be asked',
      ]),
    ),
    policy: Object.fromEntries(
      FEATURES.map((name) => [name, allows?.allowsFeature(name) ?? 'cannot be asked']),
    ),
    screen: [screen.width, screen.height, devicePixelRatio],
  };
}

/** Errors by name: what the API says to a request that is none. Needs the tap it is called from. */
async function errors(): Promise<Record<string, string>> {
  const ask = async (requests: unknown[]) => {
    try {
      await navigator.credentials.get({ digital: { requests } } as CredentialRequestOptions);
      return 'fulfilled';
    } catch (error) {
      return error instanceof Error ? error.name : typeof error;
    }
  };
  if (!navigator.credentials) return { empty: 'no navigator.credentials' };
  return { empty: await ask([]), text: await ask([{ protocol: 'org-iso-mdoc', data: 'text' }]) };
}

/** Of each camera the sizes it can do; its label and id stay out. */
async function cameras(): Promise<unknown> {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: 'environment', width: { ideal: 4096 } },
    });
    const [track] = stream.getVideoTracks();
    const { width, height, frameRate, facingMode } = track?.getSettings() ?? {};
    const { torch, zoom, focusMode } = Object(track?.getCapabilities?.());
    track?.stop();
    return {
      width,
      height,
      frameRate,
      facingMode,
      torch: torch !== undefined,
      zoom: zoom !== undefined,
      focusMode,
    };
  } catch (error) {
    return error instanceof Error ? error.name : typeof error;
  }
}

const find = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no #${id}`);
  return element;
};
const report = find('report') as HTMLTextAreaElement;
let found: Record<string, unknown> = {};

function show(more: Record<string, unknown>): void {
  found = { ...found, ...more };
  report.value = JSON.stringify(found, null, 2);
}

find('look').addEventListener('click', async () => show({ ...look(), errors: await errors() }));
find('camera').addEventListener('click', async () => show({ camera: await cameras() }));
find('copy').addEventListener('click', async () => {
  report.select();
  await navigator.clipboard?.writeText(report.value).catch(() => undefined);
  find('status').textContent = 'コピーしました / Copied';
});
