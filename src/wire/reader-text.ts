import { refuse } from './reader-refusals.ts';

/** Refuses text that is not UTF-8 (RFC 3629 section 4: no overlong form, no surrogate). */
export function checkText(bytes: Uint8Array, from: number, to: number): void {
  let at = from;
  while (at < to) {
    const lead = bytes[at++] as number;
    if (lead < 0x80) continue;
    const more = lead < 0xc2 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : lead < 0xf5 ? 3 : 0;
    if (more === 0 || at + more > to) refuse('malformed/text_utf8', at - 1);
    const second = bytes[at] as number;
    const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (second < lowest || second > highest) refuse('malformed/text_utf8', at - 1);
    for (let i = 1; i < more; i++) {
      if (((bytes[at + i] as number) & 0xc0) !== 0x80) refuse('malformed/text_utf8', at - 1);
    }
    at += more;
  }
  if (
    to - from > 2 &&
    bytes[from] === 0xef &&
    bytes[from + 1] === 0xbb &&
    bytes[from + 2] === 0xbf
  ) {
    refuse('malformed/text_bom', from);
  }
}
