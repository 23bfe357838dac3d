import { aTimeout, expect, waitUntil } from '@open-wc/testing';
import { PATIENT, SHORT, Walk } from '../../../../test/tools/photo-walk.ts';
import { IdVerifyError } from '../../../wire/error.ts';

let walk: Walk;
beforeEach(() => {
  walk = new Walk();
});
afterEach(() => walk.end());

describe('nothing accepted is lost', () => {
  it('by going back', async function () {
    this.timeout(30_000);
    await walk.show(SHORT);
    await walk.openCamera();
    await walk.use();
    await walk.heading('厚み');
    walk.camera.scene = 'empty';
    await walk.press('前にもどる');
    await walk.heading('受け取り済み');
    await walk.press('前にもどる');
    await walk.heading('どの書類');
    await walk.press('続ける');
    await walk.heading('厚み');
    expect(walk.photo.uploads.length).to.equal(1);
  });

  it('by a reload: only what is still open is taken', async function () {
    this.timeout(30_000);
    await walk.show(SHORT);
    await walk.openCamera();
    await walk.use();
    await walk.heading('厚み');
    await walk.sent(1);
    walk.camera.scene = 'empty';
    await walk.noted(1);
    walk.photo.restart();
    await walk.press('続きから撮影する');
    await walk.heading('厚み');
    expect(walk.photo.challenges, 'the challenge still holds').to.equal(1);
    expect(walk.root.querySelectorAll('.station.accepted').length).to.equal(1);
  });

  it('what is kept holds no picture', async function () {
    this.timeout(30_000);
    await walk.show(SHORT);
    await walk.openCamera();
    await walk.use();
    await walk.sent(1);
    await walk.noted(1);
    expect(bytesIn(walk.kept)).to.be.below(1_000);
    expect(JSON.stringify(walk.kept)).not.to.contain('data:');
  });

  it('by a connection that breaks', async function () {
    this.timeout(40_000);
    let broken = true;
    await walk.show(SHORT);
    walk.photo.gate = async () => {
      if (broken) throw new IdVerifyError('unavailable/network', 'cut');
    };
    await walk.openCamera();
    await walk.use();
    await walk.heading('厚み');
    await aTimeout(300);
    expect(walk.photo.uploads.length).to.equal(0);
    broken = false;
    dispatchEvent(new Event('online'));
    await walk.sent(1);
    expect(walk.photo.failures).to.deep.equal([]);
  });

  it('a refusal of an upload ends the attempt with its reason', async function () {
    this.timeout(30_000);
    await walk.show(SHORT);
    walk.photo.gate = async () => {
      throw new IdVerifyError('limit/image', 'too large');
    };
    await walk.openCamera();
    await walk.use();
    await waitUntil(() => walk.photo.failures.length > 0, 'no failure', PATIENT);
    expect(walk.photo.failures[0]?.code).to.equal('limit/image');
  });
});

/** Bytes of everything binary in it. */
function bytesIn(value: unknown): number {
  if (value instanceof Uint8Array) return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, inner) => sum + bytesIn(inner), 0);
}
