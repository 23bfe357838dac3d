/**
 * Between the tap and `navigator.credentials.get` there is nothing: no request, no await, not even a
 * microtask. User activation is short and is spent once.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { deployed } from './setting.ts';
import { tag, Visit } from './visit.ts';

const { browser, site } = await deployed();

/** What the page noted, in order; `get` with what lay between it and its event. */
interface Note {
  readonly what: 'event' | 'request' | 'get';
  /** Of an event: type, and whether a person made it. Of a request: its address. */
  readonly about?: string;
  /** Of a call: whether the stack reaches down to the listener without a pause. */
  readonly inListener?: boolean;
  /** Of a call: tasks since the last event. */
  readonly sameTask?: boolean;
}

/** Runs in the page before anything else of it. */
function takeNotes(): void {
  const notes: Note[] = [];
  Object.assign(globalThis, { notes });
  let task = 0;
  let eventTask = -1;
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    task += 1;
  };
  for (const type of ['click', 'keydown']) {
    addEventListener(
      type,
      (event) => {
        eventTask = task;
        // The next task, whatever it is, is another one.
        channel.port2.postMessage(undefined);
        notes.push({ what: 'event', about: `${type} ${event.isTrusted ? 'trusted' : 'made up'}` });
      },
      { capture: true },
    );
  }
  const { fetch } = globalThis;
  globalThis.fetch = (input, init) => {
    notes.push({ what: 'request', about: String(input) });
    return fetch(input, init);
  };
  const { prototype } = CredentialsContainer;
  const { get } = prototype;
  prototype.get = function (options) {
    const stack = new Error().stack?.split('\n').slice(2) ?? [];
    const inListener = /handleEvent/.test(stack.at(-1) ?? '') && !/\basync\b/.test(stack.join());
    notes.push({ what: 'get', inListener, sameTask: task === eventTask });
    return get.call(this, options);
  };
}

async function atConsent(): Promise<Visit> {
  const tab = await Visit.start(browser, site.wallet);
  await tab.page.evaluateOnNewDocument(takeNotes);
  await tab.open(site.front.origin + site.front.page(tag()));
  await tab.reach('consent');
  await tab.until(`${PRIMARY}.ariaDisabled === null`);
  return tab;
}

const PRIMARY = `document.querySelector('id-verify')?.shadowRoot.querySelector('[part="primary"]')`;

/** Everything from the last event on. */
async function sinceLastEvent(tab: Visit): Promise<Note[]> {
  const notes = await tab.read<Note[]>('notes');
  return notes.slice(notes.findLastIndex(({ what }) => what === 'event'));
}

describe('from the tap to the call', () => {
  it('there is no request and no await', async () => {
    const tab = await atConsent();
    await tab.prepare();
    await tab.virtualWallet({ action: 'wait' });
    const before = tab.requested.length;
    await tab.press();
    await tab.reach('awaiting');
    assert.deepEqual(await sinceLastEvent(tab), [
      { what: 'event', about: 'click trusted' },
      { what: 'get', inListener: true, sameTask: true },
    ]);
    // Nor does anything load while the sheet is open: neither calls nor code.
    await pause(500);
    assert.deepEqual(tab.requested.slice(before), []);
    await tab.close();
  });

  it('also with the Enter key', async () => {
    const tab = await atConsent();
    await tab.prepare();
    await tab.read(`${PRIMARY}.focus()`);
    await tab.key('Enter');
    await tab.reach('review');
    const notes = await tab.read<Note[]>('notes');
    const call = notes.findIndex(({ what }) => what === 'get');
    assert.deepEqual(notes.slice(call - 2, call + 1), [
      { what: 'event', about: 'keydown trusted' },
      { what: 'event', about: 'click trusted' },
      { what: 'get', inListener: true, sameTask: true },
    ]);
    await tab.close();
  });

  it('also after more than 5 s on the consent screen, when no activation is left', async () => {
    const tab = await atConsent();
    await tab.prepare();
    await pause(5_600);
    assert.equal(await tab.read('navigator.userActivation.isActive'), false);
    await tab.press();
    await tab.reach('review');
    const [event, call] = await sinceLastEvent(tab);
    assert.deepEqual(event, { what: 'event', about: 'click trusted' });
    assert.deepEqual(call, { what: 'get', inListener: true, sameTask: true });
    assert.equal((await site.redeem(await tab.confirm())).status, 'verified');
    await tab.close();
  });

  it('also when the network was too slow for the activation of any earlier tap', async () => {
    site.front.weather = ({ path }) => (path.endsWith('/wallet') ? { delayMs: 6_000 } : undefined);
    const tab = await Visit.start(browser, site.wallet);
    await tab.page.evaluateOnNewDocument(takeNotes);
    await tab.open(site.front.origin + site.front.page(tag()));
    await tab.until(`${PRIMARY}?.ariaDisabled === 'true'`);
    assert.equal(await tab.state(), 'consent');
    // An impatient person: the button says that it is getting ready, and nothing happens.
    const { x, y } = await tab.place();
    await tab.click(x, y);
    assert.deepEqual(
      (await tab.read<Note[]>('notes')).filter(({ what }) => what === 'get'),
      [],
    );
    await tab.until(`${PRIMARY}.ariaDisabled === null`);
    site.front.weather = () => undefined;
    await tab.until('!navigator.userActivation.isActive');
    await tab.prepare();
    await tab.press();
    await tab.reach('review');
    await tab.close();
  });
});

describe('neg-68 the call is made once, and by a person', () => {
  it('a click made by script does nothing', async () => {
    const tab = await atConsent();
    await tab.prepare();
    await tab.read(`${PRIMARY}.click()`);
    await pause(300);
    assert.equal(await tab.state(), 'consent');
    assert.equal(
      (await tab.read<Note[]>('notes')).some(({ what }) => what === 'get'),
      false,
    );
    await tab.close();
  });

  it('a double click asks once', async () => {
    const tab = await atConsent();
    await tab.virtualWallet({ action: 'wait' });
    const { x, y } = await tab.place();
    await Promise.all([tab.click(x, y), tab.click(x, y)]);
    await tab.reach('awaiting');
    const calls = (await tab.read<Note[]>('notes')).filter(({ what }) => what === 'get');
    assert.equal(calls.length, 1);
    await tab.close();
  });
});
