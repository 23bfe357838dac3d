import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hasMachineLines } from './machine-lines.ts';

const [WIDTH, HEIGHT] = [300, 211];
const whole = [
  { x: 0, y: 0 },
  { x: WIDTH, y: 0 },
  { x: WIDTH, y: HEIGHT },
  { x: 0, y: HEIGHT },
] as const;

/** A page with two lines of print along its bottom, from one share of its width to another. */
function page(from: number, to: number, ink = 60) {
  const data = new Uint8Array(WIDTH * HEIGHT).fill(200);
  for (const line of [0.84, 0.91]) {
    for (let y = Math.round(line * HEIGHT); y < (line + 0.03) * HEIGHT; y++)
      for (let x = Math.round(from * WIDTH); x < to * WIDTH; x++)
        if (x % 6 < 3) data[y * WIDTH + x] = ink;
  }
  return { data, width: WIDTH, height: HEIGHT };
}

describe('hasMachineLines', () => {
  it('sees print from edge to edge along the bottom', () => {
    assert.equal(hasMachineLines(page(0.03, 0.97), whole), true);
  });

  it('does not take print that ends in the middle, nor none, nor a shimmer of it', () => {
    assert.equal(hasMachineLines(page(0.03, 0.7), whole), false);
    assert.equal(hasMachineLines(page(0, 0), whole), false);
    assert.equal(hasMachineLines(page(0.03, 0.97, 190), whole), false);
  });

  it('does not take one broad pattern for two lines', () => {
    const { data, ...size } = page(0.03, 0.97);
    for (let y = Math.round(0.75 * HEIGHT); y < HEIGHT; y++)
      for (let x = 0; x < WIDTH; x++) if ((x + y) % 6 < 3) data[y * WIDTH + x] = 60;
    assert.equal(hasMachineLines({ data, ...size }, whole), false);
  });

  it('does not leave the picture where a corner lies outside', () => {
    const beyond = whole.map(({ x, y }) => ({ x: x + 40, y: y + 60 }));
    const [a, b, c, d] = beyond;
    assert.ok(a && b && c && d);
    assert.equal(hasMachineLines(page(0.03, 0.97), [a, b, c, d]), false);
  });
});
