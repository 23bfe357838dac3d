import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CONDITIONS } from './conditions.ts';
import { measure, type Sample, summarise, tiltError } from './measure.ts';
import { SceneGenerator } from './scene-generator.ts';
import { REPORT_SEED } from './seeds.ts';
import { timeToCapture } from './tremor.ts';

const generator = new SceneGenerator(REPORT_SEED);
const clean = samples('clean', 14);

function samples(name: string, frames: number): Sample[] {
  const condition = CONDITIONS.find((candidate) => candidate.name === name);
  assert.ok(condition, `no condition ${name}`);
  return measure(generator, condition, frames);
}

function figures(name: string, frames: number) {
  const condition = CONDITIONS.find((candidate) => candidate.name === name);
  assert.ok(condition, `no condition ${name}`);
  return summarise(condition, measure(generator, condition, frames));
}

describe('frame analysis on scenes with known truth (reduced set; the full one is report.ts)', () => {
  it('finds the outline in clean and moderate scenes', () => {
    const all = [...clean, ...samples('moderate', 46)];
    const found = all.filter(({ overlap }) => overlap >= 0.9).length / all.length;
    assert.ok(found >= 0.95, `found ${found}`);
  });

  it('never calls blur, motion blur or glare good', () => {
    for (const name of ['blur', 'motion blur', 'glare']) {
      const { falseGood } = figures(name, 5);
      assert.equal(falseGood, 0, name);
    }
  });

  it('calls hardly a clean frame bad', () => {
    const bad = clean.filter(({ analysis }) => analysis.advice.code !== 'good');
    assert.ok(bad.length <= 1, `${bad.length} of ${clean.length}`);
  });

  it('tells darkness and overexposure', () => {
    assert.deepEqual(Object.keys(figures('dark', 3).advice), ['too_dark']);
    assert.deepEqual(Object.keys(figures('overexposed', 3).advice), ['too_bright']);
  });

  it('reads the tilt within 5° at the 90th percentile', () => {
    const error = tiltError(samples('tilt 30–60°', 10));
    assert.ok(error !== undefined && error <= 5, `tilt error ${error}`);
  });

  it('never calls an empty table good', () => {
    assert.equal(figures('no card', 4).falseGood, 0);
  });

  it('never calls another thing, or a part of a card, good', () => {
    for (const name of ['others as passport', '6 % cut off'])
      assert.equal(figures(name, 6).falseGood, 0, name);
  });

  it('asks for another camera where this one is too coarse', () => {
    assert.deepEqual(Object.keys(figures('camera of 640 × 480', 2).advice), ['camera_too_coarse']);
  });

  it('captures by itself in a trembling hand', () => {
    const time = timeToCapture(generator, 0);
    assert.ok(time !== undefined && time < 3000, `captured after ${time}`);
  });
});
