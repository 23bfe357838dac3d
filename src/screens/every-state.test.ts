import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { walk } from '../../test/flow-graph.ts';
import { walletRun } from '../../test/tools/scenes.ts';
import { type PanelStage, snapshotOf } from '../../test/tools/stage.ts';
import { type Flow, isRefused } from '../session/flow.ts';

/** Moments that pass by themselves; what each waits for, and how it is left, is the server's to say. */
const PASSING: readonly Flow['state'][] = ['idle', 'preparing', 'submitting', 'confirming'];

const { flows } = walk();
/** Here the session is over, or somebody else's turn: what leads on is the site's, in its slot. */
const isSites = (flow: Flow): boolean =>
  flow.state === 'pending' || flow.state === 'done' || (flow.state === 'failed' && isRefused(flow));

let stage: PanelStage;

beforeEach(async () => {
  stage = await fixture<PanelStage>(html`<panel-stage></panel-stage>`);
  stage.screens.load('later');
  stage.screens.load('trouble');
  await waitUntil(() => stage.screens.later && stage.screens.trouble, 'no words', {
    timeout: 5_000,
  });
});

async function show(flow: Flow): Promise<ShadowRoot> {
  const hasRun = flow.state === 'consent' || flow.state === 'awaiting';
  stage.snapshot = snapshotOf(flow, hasRun ? { run: walletRun() } : {});
  await stage.updateComplete;
  if (!stage.shadowRoot) throw new Error('no shadow root');
  return stage.shadowRoot;
}

/** What a person can press, and it does something. */
const controls = (root: ShadowRoot): Element[] =>
  [...root.querySelectorAll('.panel button, .panel a[href], .panel input, .foot button')].filter(
    (one) => one.getAttribute('aria-disabled') !== 'true',
  );

for (const state of new Set(flows.map((flow) => flow.state))) {
  it(`${state}, however it is reached, has a heading that takes the focus and a way on`, async function () {
    this.timeout(60_000);
    for (const flow of flows.filter((one) => one.state === state)) {
      const told = JSON.stringify(flow);
      const root = await show(flow);
      const heading = root.querySelector('h2');
      expect(heading?.textContent?.trim(), told).not.to.equal('');
      heading?.focus();
      expect(root.activeElement === heading, told).to.equal(true);
      if (isSites(flow))
        expect(root.querySelector('.panel slot[name]') !== null, told).to.equal(true);
      else if (!PASSING.includes(state)) expect(controls(root).length, told).to.be.greaterThan(0);
    }
  });
}
