import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as whole from 'lean-qr';
import { linkBytes } from '../../src/methods/handoff/qr.ts';
import { onlyCore } from './lean-qr.ts';

const source = readFileSync(fileURLToPath(import.meta.resolve('lean-qr')), 'utf8');

describe('lean-qr for the one tag', () => {
  it('draws what the whole one draws', async () => {
    const core: typeof whole = await import(
      `data:text/javascript,${encodeURIComponent(onlyCore(source))}`
    );
    for (let length = 20; length < 400; length += 13) {
      const link = `https://v.example/${'a7_-'.repeat(length / 4)}`;
      const options = { minCorrectionLevel: whole.correction.M };
      const [mine, theirs] = [core, whole].map(({ generate }) =>
        generate(linkBytes(link), options),
      );
      for (let y = 0; y < (theirs?.size ?? 0); y++)
        for (let x = 0; x < (theirs?.size ?? 0); x++)
          assert.equal(mine?.get(x, y), theirs?.get(x, y), `${link} at ${x}, ${y}`);
    }
  });

  it('is half as large, and refuses another version', () => {
    assert.ok(onlyCore(source).length < source.length * 0.6);
    assert.throws(() => onlyCore(source.replace('toString', 'print')), /has changed/);
  });
});
