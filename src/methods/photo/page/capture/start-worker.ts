/**
 * Starts the worker wherever the script came from. In the build that is one file its script is in a
 * blob. Everywhere else a worker's own script must be of the page's origin, but may import one of another origin: there a few words in a blob do that, if the page's
 * policy lets them (`worker-src blob:`). It imports by a call, which `script-src` rules over as over
 * the page's own scripts; an import declaration would have to be in `worker-src` as well.
 */

/** A worker that does not answer by then never will. */
const WORKER_START_TIMEOUT_MS = 4_000;

class AnyOriginWorker extends Worker {
  constructor(url: URL, options: WorkerOptions) {
    const own = url.origin === location.origin;
    const address = own ? url.href : URL.createObjectURL(relayTo(url));
    super(trusted(address), options);
    // Does nothing where it is no blob's.
    const forget = () => URL.revokeObjectURL(address);
    this.addEventListener('message', forget, { once: true });
    this.addEventListener('error', forget, { once: true });
  }
}

/** Pages may demand that whoever starts scripts answers for their address (Trusted Types). */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string };
}

function trusted(url: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  policy ??= trustedTypes?.createPolicy('id-verify', { createScriptURL: (given) => given });
  return policy?.createScriptURL(url) ?? url;
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/** What is thrown behind a call reaches the page as an error of the worker only from a task. */
const relayTo = ({ href }: URL): Blob =>
  new Blob([`import(${JSON.stringify(href)}).catch(e=>setTimeout(()=>{throw e}))`], {
    type: 'text/javascript',
  });

// Bundlers find the worker's script by these very words, so the class above takes the name's place.
const create = (Worker: typeof AnyOriginWorker): Worker =>
  new Worker(new URL('../judge/worker.ts', import.meta.url), { type: 'module' });

/** The worker once it has said that it runs; undefined where the page's policy or browser has none. */
export function startWorker(signal: AbortSignal): Promise<Worker | undefined> {
  return new Promise((resolve) => {
    let worker: Worker;
    try {
      worker = create(AnyOriginWorker);
    } catch {
      return resolve(undefined);
    }
    const settled = new AbortController();
    const give = (answer: Worker | undefined) => {
      settled.abort();
      clearTimeout(timer);
      if (!answer) worker.terminate();
      resolve(answer);
    };
    const timer = setTimeout(() => give(undefined), WORKER_START_TIMEOUT_MS);
    const listening = { signal: settled.signal };
    worker.addEventListener('message', () => give(worker), listening);
    worker.addEventListener('error', () => give(undefined), listening);
    signal.addEventListener('abort', () => give(undefined), listening);
  });
}
