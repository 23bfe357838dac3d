import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import jsqr from 'jsqr';
import { qrPath } from './qr.ts';

const { default: decode } = jsqr as unknown as { default: typeof jsqr.default };

/** Paints the runs of the path, each module as a square of pixels. */
function decoded(text: string, scale: number): string | undefined {
  const { path, size } = qrPath(text);
  const side = size * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row++) {
      const start = (row * side + Number(x) * scale) * 4;
      for (let at = start; at < start + Number(width) * scale * 4; at += 4)
        pixels.fill(0, at, at + 3);
    }
  }
  return decode(pixels, side, side)?.data;
}

const LINKS = [
  'https://verify.bank.example/id-verify/h/AAAAAAAAAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBBBBBBBB',
  'http://localhost:8080/id-verify/h/AAAAAAAAAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBBBBBBBB?t=271&m=CCCCCCCCCCCCCCCCCCCCCC',
  `https://shop.example/account/verify?from=mail&lang=en#id-verify=${'D'.repeat(22)}.${'E'.repeat(43)}`,
];

describe('QR code', () => {
  for (const link of LINKS) {
    it(`of ${link.length} characters is read back by an independent decoder`, () => {
      for (const scale of [3, 5, 8]) assert.equal(decoded(link, scale), link);
    });
  }

  it('keeps four modules of light and merges runs', () => {
    const { path, size } = qrPath('https://a.example/');
    assert.equal(size, 25 + 8);
    assert.match(path, /^M4 4h7v1h-7z/);
  });
});
