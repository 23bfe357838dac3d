import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { IdVerifyError } from '../wire/error.ts';
import { readEvents } from './event-stream.ts';

async function read(...pieces: string[]): Promise<unknown[]> {
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });
  const events: unknown[] = [];
  for await (const event of readEvents(stream, () => undefined)) events.push(event);
  return events;
}

describe('server-sent events', () => {
  it('reads data whatever the pieces and line ends are', async () => {
    assert.deepEqual(await read('data: {"a":1}\n\ndata:{"a":2}\r\n\r\n'), [{ a: 1 }, { a: 2 }]);
    assert.deepEqual(await read('da', 'ta: {"a"', ':1}\n', '\n'), [{ a: 1 }]);
    assert.deepEqual(await read('data: {"a":1}\r', '\n\r', '\n'), [{ a: 1 }]);
    assert.deepEqual(await read('data: {\ndata: "a":1}\n\n'), [{ a: 1 }]);
  });
  it('passes over comments, names and what was not finished', async () => {
    assert.deepEqual(await read(': hello\n\nevent: status\nid: 3\ndata: 1\n\ndata: 2\n'), [1]);
  });
  it('refuses what is not JSON and what does not end', async () => {
    const code = (expected: string) => (error: unknown) =>
      error instanceof IdVerifyError && error.code === expected;
    await assert.rejects(read('data: <p>\n\n'), code('blocked/answer'));
    await assert.rejects(read('data: ', 'x'.repeat(70_000)), code('limit/event'));
    await assert.rejects(read('data: 1\n'.repeat(40_000)), code('limit/event'));
  });
});
