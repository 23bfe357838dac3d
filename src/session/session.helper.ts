/** A session store with a backend of its own and a method that waits to be told. */
import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import type { Availability, MethodEntry, MethodHost } from '../methods/method.ts';
import type { MethodId } from '../wire/contract.ts';
import type { OpeningOptions, Session, SessionOptions } from './api.ts';
import { Backend } from './backend.helper.ts';
import type { FlowState } from './flow.ts';
import { createSession } from './session.ts';

/** A method that does nothing by itself. */
export function methodOf(id: MethodId, availability: Availability = { usable: true }) {
  const hosts: MethodHost[] = [];
  const entry: MethodEntry = {
    id,
    icon: html``,
    availability: () => availability,
    load: async () => ({
      start: (host) => {
        hosts.push(host);
        const panel = { heading: id, body: html``, step: 1, key: id } as const;
        return { render: () => panel };
      },
    }),
  };
  return { entry, hosts };
}

const ended: AbortController[] = [];
afterEach(() => {
  for (const controller of ended.splice(0)) controller.abort();
});

let count = 0;
export function setUp(
  backend = new Backend(),
  change: Partial<SessionOptions> = {},
  opening: Partial<OpeningOptions> = {},
) {
  const controller = new AbortController();
  ended.push(controller);
  const method = methodOf('wallet');
  const profile = `test-${performance.timeOrigin}-${count++}`;
  const session = createSession({
    opening: () => ({ endpoint: '/id-verify', profile, ...opening }),
    entries: async () => [method.entry],
    lang: 'ja',
    beforeSubmit: () => true,
    signal: controller.signal,
    fetch: backend.fetch,
    ...change,
  });
  const seen: FlowState[] = [];
  session.subscribe(() => {
    if (seen.at(-1) !== session.snapshot.flow.state) seen.push(session.snapshot.flow.state);
  });
  return { backend, session, method, seen, profile, controller };
}

export const reach = (session: Session, state: FlowState, timeout = 8000): Promise<void> =>
  waitUntil(() => session.snapshot.flow.state === state, `never ${state}`, { timeout });

export const body = { request: 'r1', protocol: 'org-iso-mdoc', data: { response: 'AAAA' } };

/** Until the method has its run. */
export async function hostOf({ session, method }: ReturnType<typeof setUp>): Promise<MethodHost> {
  const before = method.hosts.length;
  await waitUntil(() => session.snapshot.run !== undefined);
  return method.hosts.at(-1) ?? expect.fail(`no host after ${before}`);
}

export async function submitted(set = setUp()) {
  set.session.open();
  const host = await hostOf(set);
  host.begin();
  host.submit(body);
  return set;
}

export const failure = (session: Session): string => {
  const { flow } = session.snapshot;
  return flow.state === 'failed' ? flow.error.code : flow.state;
};
