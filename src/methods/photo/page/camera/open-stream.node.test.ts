import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { ladder, openStream } from './open-stream.ts';

interface Track {
  stopped: boolean;
}
const streamOf = (track: Track) => ({
  getTracks: () => [
    {
      stop: () => {
        track.stopped = true;
      },
    },
  ],
});

/** Answers each request in turn; records what was asked. */
function browser(...answers: (string | Track)[]): MediaStreamConstraints[] {
  const asked: MediaStreamConstraints[] = [];
  const mediaDevices = {
    async getUserMedia(constraints: MediaStreamConstraints) {
      asked.push(constraints);
      const answer = answers[asked.length - 1] ?? 'NotFoundError';
      if (typeof answer === 'string') throw new DOMException('made up', answer);
      return streamOf(answer);
    },
  };
  Object.defineProperty(globalThis, 'navigator', { value: { mediaDevices }, configurable: true });
  return asked;
}

const original = globalThis.navigator;
afterEach(() => {
  Object.defineProperty(globalThis, 'navigator', { value: original, configurable: true });
});

const live = new AbortController().signal;

describe('what is asked for', () => {
  test('only wishes, never a demand', () => {
    for (const facing of ['environment', 'user'] as const) {
      const text = JSON.stringify(ladder({ facing }));
      assert.ok(!/exact|"min"|"max"/.test(text), text);
    }
  });

  test('a chosen lens comes first, without a side that could contradict it', () => {
    const [first, ...others] = ladder({ facing: 'environment', deviceId: 'two' });
    assert.deepEqual(first?.deviceId, { exact: 'two' });
    assert.equal(first?.facingMode, undefined);
    assert.deepEqual(others, ladder({ facing: 'environment' }));
  });

  test('any camera at all comes last', () => {
    assert.deepEqual(ladder({ facing: 'user' }).at(-1), {});
  });
});

describe('opening', () => {
  test('goes down until one rung holds', async () => {
    const asked = browser('OverconstrainedError', 'NotReadableError', { stopped: false });
    await openStream({ facing: 'environment' }, live);
    assert.equal(asked.length, 3);
    assert.equal(asked[2]?.video, true);
    assert.equal(asked[0]?.audio, false);
  });

  test('a refusal is not asked again', async () => {
    const asked = browser('NotAllowedError');
    await assert.rejects(openStream({ facing: 'user' }, live), { name: 'NotAllowedError' });
    assert.equal(asked.length, 1);
  });

  test('the last rung’s reason is the reason', async () => {
    browser('OverconstrainedError', 'OverconstrainedError', 'NotReadableError');
    await assert.rejects(openStream({ facing: 'user' }, live), { name: 'NotReadableError' });
  });

  test('a stream that comes too late is stopped at once', async () => {
    const track: Track = { stopped: false };
    browser(track);
    const over = new AbortController();
    const opening = openStream({ facing: 'user' }, over.signal);
    over.abort();
    await assert.rejects(opening, { name: 'AbortError' });
    assert.equal(track.stopped, true);
  });
});
