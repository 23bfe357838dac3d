import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { advise, type Findings } from './advice.ts';

const fine: Findings = {
  exposure: { mean: 130, highlight: 210, clipped: 0 },
  blur: 1,
  glare: [],
  fill: 0.7,
  dpi: 300,
  whole: true,
  tilt: 5,
  thickness: false,
};
const spot = { place: 'top-right', share: 0.02, box: { x: 0, y: 0, width: 5, height: 5 } } as const;

describe('advise', () => {
  it('calls a fine frame good', () => {
    assert.deepEqual(advise(fine), { code: 'good' });
  });

  it('says one thing, the most useful first', () => {
    const worst: Findings = {
      exposure: { mean: 20, highlight: 40, clipped: 0 },
      blur: 4,
      glare: [spot],
      fill: 0.3,
      dpi: 100,
      whole: false,
      tilt: 50,
      thickness: false,
    };
    const light = fine.exposure;
    const said = [
      worst,
      { ...worst, exposure: { ...light, clipped: 0.6 } },
      { ...worst, exposure: light },
      { ...worst, exposure: light, blur: 1 },
      { ...worst, exposure: light, blur: 1, glare: [] },
      { ...worst, exposure: light, blur: 1, glare: [], fill: 0.99, dpi: 300 },
      { ...worst, exposure: light, blur: 1, glare: [], fill: 0.8, dpi: 300 },
      { ...worst, exposure: light, blur: 1, glare: [], fill: 0.8, dpi: 300, whole: true },
    ].map((findings) => advise(findings).code);
    assert.deepEqual(said, [
      'too_dark',
      'too_bright',
      'blurred',
      'glare',
      'too_small',
      'too_close',
      'cut_off',
      'tilted',
    ]);
  });

  it('says where the reflection is', () => {
    assert.deepEqual(advise({ ...fine, glare: [spot] }), { code: 'glare', place: 'top-right' });
  });

  it('asks to come closer where the document has too few pixels, however full the frame', () => {
    assert.equal(advise({ ...fine, dpi: 199 }).code, 'too_small');
    assert.equal(advise({ ...fine, dpi: null }).code, 'good');
  });

  it('takes no outline that is in doubt, and says so before it asks for another angle', () => {
    assert.equal(advise({ ...fine, doubt: 'other_document', tilt: 40 }).code, 'other_document');
    assert.equal(advise({ ...fine, doubt: 'cut_off', thickness: true, tilt: 40 }).code, 'cut_off');
    assert.equal(advise({ ...fine, doubt: 'other_document', blur: 3 }).code, 'blurred');
  });

  it('takes a frame without any edge for blurred', () => {
    assert.equal(advise({ ...fine, blur: undefined }).code, 'blurred');
  });

  it('wants a thickness shot between its two limits', () => {
    const at = (tilt: number) => advise({ ...fine, thickness: true, tilt }).code;
    assert.deepEqual([10, 34, 36, 49, 51, 65].map(at), [
      'too_flat',
      'too_flat',
      'good',
      'good',
      'too_steep',
      'too_steep',
    ]);
  });
});
