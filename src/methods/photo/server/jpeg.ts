/**
 * A JPEG as a canvas writes it (ITU-T T.81, JFIF), taken apart to its end. Metadata, thumbnails and
 * bytes behind the picture are refused: they could hold a place, or another picture.
 */
import { IdVerifyError } from '../../../wire/error.ts';

export interface JpegSize {
  readonly width: number;
  readonly height: number;
}

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const DQT = 0xdb;
const DHT = 0xc4;
const DRI = 0xdd;
/** Baseline, extended sequential and progressive, all of them Huffman coded. */
const SOF: readonly number[] = [0xc0, 0xc1, 0xc2];
const JFIF = 0xe0;
const ICC_PROFILE = 0xe2;
const ADOBE = 0xee;

const broken = (what: string) => new IdVerifyError('malformed/image', `not a JPEG: ${what}`);
const metadata = (what: string) => new IdVerifyError('malformed/metadata', `with ${what}`);

/** @throws IdVerifyError `malformed/image`, `malformed/metadata` */
export function readJpeg(bytes: Uint8Array): JpegSize {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) throw broken('no start of image');
  const seen = new Set<number>();
  let size: JpegSize | undefined;
  let at = 2;
  for (;;) {
    const marker = markerAt(bytes, at);
    if (marker === EOI) break;
    const content = segmentAt(bytes, at + 2);
    at += 4 + content.length;
    requirePlain(marker, content);
    if (SOF.includes(marker)) {
      if (size !== undefined) throw broken('two frames');
      size = frameSize(content);
    }
    seen.add(marker);
    if (marker === SOS) {
      if (size === undefined || !seen.has(DQT) || !seen.has(DHT)) throw broken('scan before frame');
      at = scanEnd(bytes, at);
    }
  }
  if (size === undefined || !seen.has(SOS)) throw broken('no picture in it');
  if (at + 2 !== bytes.length) throw metadata('bytes behind the picture');
  return size;
}

function markerAt(bytes: Uint8Array, at: number): number {
  const marker = bytes[at + 1];
  if (bytes[at] !== 0xff || marker === undefined) throw broken('no marker where one must be');
  return marker;
}

/** Behind a marker: two bytes of length, themselves included, then the content. */
function segmentAt(bytes: Uint8Array, at: number): Uint8Array {
  const length = (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
  if (length < 2 || at + length > bytes.length) throw broken('a segment is cut off');
  return bytes.subarray(at + 2, at + length);
}

/** Lets through what a picture needs, and the colour profile. */
function requirePlain(marker: number, content: Uint8Array): void {
  if ([SOS, DQT, DHT, DRI, ...SOF].includes(marker)) return;
  if (marker === JFIF) {
    const thumbnail = (content[12] ?? 0) + (content[13] ?? 0);
    if (!startsWith(content, 'JFIF\0') || thumbnail > 0) throw metadata('a thumbnail');
    return;
  }
  if (marker === ICC_PROFILE && startsWith(content, 'ICC_PROFILE\0')) return;
  if (marker === ADOBE && startsWith(content, 'Adobe')) return;
  if ((marker >= 0xe0 && marker <= 0xef) || marker === 0xfe) {
    throw metadata(marker === 0xe1 ? 'EXIF or XMP' : 'an application segment or comment');
  }
  throw broken('a marker this reader does not know');
}

const startsWith = (content: Uint8Array, text: string): boolean =>
  [...text].every((character, index) => content[index] === character.charCodeAt(0));

/** Precision, height, width and number of components: T.81 B.2.2. */
function frameSize(content: Uint8Array): JpegSize {
  const [precision, h1 = 0, h0 = 0, w1 = 0, w0 = 0, components = 0] = content;
  const [height, width] = [h1 * 256 + h0, w1 * 256 + w0];
  const sound = precision === 8 && width > 0 && height > 0 && [1, 3].includes(components);
  if (!sound || content.length !== 6 + 3 * components) throw broken('a frame nobody can show');
  return { width, height };
}

/** The marker after a scan; stuffed zeros and restart markers belong to it. */
function scanEnd(bytes: Uint8Array, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    const inside = next === 0 || next === 0xff || (next >= 0xd0 && next <= 0xd7);
    if (!inside) {
      if (at === start) throw broken('an empty scan');
      return at;
    }
  }
  throw broken('the picture is cut off');
}
