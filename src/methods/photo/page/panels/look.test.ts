import { expect } from '@open-wc/testing';
import { photoChallenge } from '../../../../../test/tools/photo-stage.ts';
import type { PanelView } from '../../../../ui/view.ts';
import type { Guidance } from '../capture/guidance.ts';
import type { TakenShot } from '../capture/shot.ts';
import { ja } from '../messages/ja.ts';
import { begin } from '../stepper.ts';
import { lookPanel } from './look.ts';
import type { PhotoModel } from './model.ts';

const station = { key: 'front', step: 'front' } as const;

/** The screen after so many tries at a shot of which this was said. */
function panelAfter(tries: number, code: Exclude<Guidance['code'], 'glare'>) {
  const taken: TakenShot = {
    canvas: document.createElement('canvas'),
    guidance: { code },
    capture: 'manual',
    shownAt: 0,
    takenAt: 0,
  };
  const photo = {
    words: ja,
    masks: [],
    saving: false,
    challenge: photoChallenge,
    stepper: { ...begin(photoChallenge), stations: [station], attempts: { front: tries } },
    act: () => undefined,
  } as unknown as PhotoModel;
  return lookPanel(photo, station, taken, {} as PanelView);
}

describe('a shot of which something was said', () => {
  it('of another document’s shape: is taken again, and goes on after some tries', () => {
    for (const tries of [1, 2]) {
      const { heading, primary, secondary } = panelAfter(tries, 'other_document');
      expect(heading).to.equal('撮り直してください');
      expect([primary?.label, secondary]).to.deep.equal(['撮り直す', undefined]);
    }
    const { heading, primary, secondary } = panelAfter(3, 'other_document');
    expect(heading).to.equal('撮り直しをおすすめします');
    expect([primary?.label, secondary?.label]).to.deep.equal(['撮り直す', 'このまま使う']);
  });

  it('of anything else is the person’s to use', () => {
    expect(panelAfter(1, 'blurred').secondary?.label).to.equal('このまま使う');
    expect(panelAfter(1, 'good').primary?.label).to.equal('この写真を使う');
  });
});
