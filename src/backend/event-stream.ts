/** The data of server-sent events, HTML standard section 9.2.6, as JSON. Comments keep it alive. */
import { IdVerifyError } from '../wire/error.ts';

/** A status is a few hundred bytes; what never ends is not an event. */
const LONGEST_EVENT = 65_536;

/**
 * @param alive called for every piece that arrives, comments included
 * @throws IdVerifyError `blocked/answer` for data that is not JSON, `limit/event` for endless data
 */
export async function* readEvents(
  stream: ReadableStream<Uint8Array>,
  alive: () => void,
): AsyncGenerator<unknown, void, void> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let line = '';
  let data = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      alive();
      line += decoder.decode(value, { stream: true });
      if (line.length + data.length > LONGEST_EVENT) {
        throw new IdVerifyError('limit/event', 'an event that does not end');
      }
      const lines = line.split(/\r\n|[\r\n]/);
      line = lines.pop() ?? '';
      for (const text of lines) {
        if (text.startsWith('data:')) data += `${text.slice(5).trimStart()}\n`;
        if (text === '' && data) {
          yield parse(data);
          data = '';
        }
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch (cause) {
    throw new IdVerifyError('blocked/answer', 'an event that is not JSON', { cause });
  }
}
