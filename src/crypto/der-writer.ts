/** The little DER (ITU-T X.690) that questions to a responder need. */
import { type Bytes, concatBytes } from '../wire/bytes.ts';

/** One value: tag, shortest length, contents one after the other. */
export function derItem(tag: number, ...contents: readonly Uint8Array[]): Bytes {
  const content = concatBytes(...contents);
  const length: number[] = [];
  for (let left = content.length; left > 0; left = Math.floor(left / 256))
    length.unshift(left % 256);
  const short = content.length < 0x80;
  const head = short ? [tag, content.length] : [tag, 0x80 | length.length, ...length];
  return concatBytes(Uint8Array.from(head), content);
}

export function derOid(dotted: string): Bytes {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const content = [first * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) {
      groups.unshift(0x80 | (left % 128));
    }
    return groups;
  });
  return derItem(0x06, Uint8Array.from(content));
}
