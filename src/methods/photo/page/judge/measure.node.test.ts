import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DOCUMENTS } from '../../documents.ts';
import type { Task } from '../capture/judgement.ts';
import { Meter } from './measure.ts';

const [WIDTH, HEIGHT] = [640, 360];
const { aspect, widthMm, machineReadable } = DOCUMENTS['driving-licence'];
const task: Task = { kind: 'document', aspect, widthMm, machineReadable, thickness: false };

/** A card with print on a plain table, lying or standing, so many pixels up or down. */
function frame(standing: boolean, down = 0): ImageData {
  const data = new Uint8ClampedArray(WIDTH * HEIGHT * 4).fill(255);
  const long = standing ? HEIGHT * 0.85 : HEIGHT * 0.8 * aspect;
  const [across, tall] = standing ? [long / aspect, long] : [long, long / aspect];
  const [left, top] = [(WIDTH - across) / 2, (HEIGHT - tall) / 2 + down];
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const [right, below] = [(x - left) / across, (y - top) / tall];
      const inside = right >= 0 && right < 1 && below >= 0 && below < 1;
      const [row, column] = standing ? [right, below] : [below, right];
      const text = row > 0.12 && row < 0.9 && column > 0.08 && column < 0.6;
      const ink = text && Math.floor(row * 26) % 2 === 0 && Math.floor(column * 60) % 3 > 0;
      data.fill(inside ? (ink ? 40 : 220) : 70, 4 * (y * WIDTH + x), 4 * (y * WIDTH + x) + 3);
    }
  }
  return { data, width: WIDTH, height: HEIGHT } as ImageData;
}

/** Whether one of some frames of the same scene was said to stand. */
function turned(standing: boolean, down?: number): boolean {
  const meter = new Meter();
  const judged = Array.from({ length: 4 }, () => meter.judge(frame(standing, down), task));
  return judged.some((one) => one.kind === 'document' && one.turned === true);
}

test('a card that stands is noticed', () => {
  assert.equal(turned(true), true);
});

test('one that lies, or lies partly outside, is not', () => {
  assert.equal(turned(false), false);
  assert.equal(turned(false, 90), false);
});
