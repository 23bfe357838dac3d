/** What runs in the worker: the published entry, and nothing of Node. */
import {
  createVerifier,
  IdVerifyError,
  isoMdocSessionTranscript,
  memoryStore,
  verifyDeviceResponse,
} from '../../src/verifier/index.ts';

export interface Job {
  readonly deviceResponse: Uint8Array;
  readonly encryptionInfo: string;
  readonly origin: string;
  readonly root: Uint8Array;
  readonly docType: string;
}

export interface Done {
  readonly node: boolean;
  readonly name?: unknown;
  readonly code?: string;
  /** Of the verifier's own description, and of a call from no page: a worker has no origin to send. */
  readonly statuses: readonly number[];
}

const TEXT = { ja: '試験' };

async function statusesOf({ root }: Job): Promise<number[]> {
  const docType = 'org.iso.23220.1.jp.mnc';
  const verifier = createVerifier({
    relyingParty: { name: TEXT },
    origins: ['http://localhost'],
    anonymousUse: 'allowed',
    profiles: {
      adult: {
        purpose: TEXT,
        claims: { age_over_20: { purpose: TEXT, retainDays: 0, mustBe: true } },
        methods: { wallet: { docType, allowUnsigned: true } },
      },
    },
    wallet: { trustAnchors: [{ docType, certificates: [root], test: true }] },
    store: memoryStore(),
  });
  const open = (profile: string) =>
    new Request('http://localhost/id-verify/sessions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ profile }),
    });
  const description = new Request('http://localhost/id-verify/openapi.json');
  const answers = [description, open('adult')].map((request) => verifier.fetch(request));
  return (await Promise.all(answers)).map(({ status }) => status);
}

async function work(job: Job): Promise<Done> {
  const node = 'process' in globalThis || 'Buffer' in globalThis;
  const statuses = await statusesOf(job);
  const { encryptionInfo, origin, deviceResponse, docType, root } = job;
  try {
    const { elements } = await verifyDeviceResponse({
      deviceResponse,
      sessionTranscript: await isoMdocSessionTranscript({ encryptionInfo, origin }),
      trustAnchors: [{ docType, certificates: [root] }],
      docType,
      now: Date.now(),
    });
    return { node, statuses, name: elements.get('org.iso.23220.1.jp')?.get('full_name_unicode') };
  } catch (error) {
    if (!(error instanceof IdVerifyError)) throw error;
    return { node, statuses, code: error.code };
  }
}

self.addEventListener('message', ({ data }: MessageEvent<Job>) => {
  void work(data).then((done) => self.postMessage(done));
});
