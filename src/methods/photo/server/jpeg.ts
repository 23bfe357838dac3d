/**
 * A JPEG as a canvas writes it (ITU-T T.81, JFIF), taken apart to its end. Metadata, thumbnails and
 * bytes behind the picture are refused: they could hold a place, or another picture. So is every
 * segment with more room than it needs.
 */
import { IdVerifyError } from '../../../wire/error.ts';

export interface JpegSize {
  readonly width: number;
  readonly height: number;
}

/** One scan with the tables as they stand when it begins, by class and destination. */
export interface JpegScan {
  readonly header: Uint8Array;
  /** Entropy-coded, as it is in the file. */
  readonly data: Uint8Array;
  readonly huffman: ReadonlyMap<number, Uint8Array>;
  /** MCUs between restart markers; 0 for none. */
  readonly restart: number;
}

/** What makes the picture, without the segments around it. */
export interface JpegParts extends JpegSize {
  readonly progressive: boolean;
  /** Content of the frame's segment, T.81 B.2.2. */
  readonly frame: Uint8Array;
  readonly quantization: ReadonlyMap<number, Uint8Array>;
  readonly scans: readonly JpegScan[];
}

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const DQT = 0xdb;
const DHT = 0xc4;
const DRI = 0xdd;
const SOF2 = 0xc2;
/** Baseline, extended sequential and progressive, all of them Huffman coded. */
const SOF: readonly number[] = [0xc0, 0xc1, SOF2];
const JFIF = 0xe0;
const ICC_PROFILE = 0xe2;
const ADOBE = 0xee;

/** The profiles browsers write have up to about 3 kB. */
const MAX_PROFILE = 4_096;
const JFIF_LENGTH = 14;
const ADOBE_LENGTH = 12;

export const broken = (what: string) => new IdVerifyError('malformed/image', `not a JPEG: ${what}`);
const metadata = (what: string) => new IdVerifyError('malformed/metadata', `with ${what}`);

/** @throws IdVerifyError `malformed/image`, `malformed/metadata` */
export function readJpeg(bytes: Uint8Array): JpegSize {
  const { width, height } = takeApart(bytes);
  return { width, height };
}

/** @throws IdVerifyError `malformed/image`, `malformed/metadata` */
export function takeApart(bytes: Uint8Array): JpegParts {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) throw broken('no start of image');
  const applications = new Set<number>();
  const quantization = new Map<number, Uint8Array>();
  const huffman = new Map<number, Uint8Array>();
  const scans: JpegScan[] = [];
  let found: Pick<JpegParts, 'frame' | 'progressive'> | undefined;
  let restart = 0;
  let at = 2;
  for (;;) {
    const marker = markerAt(bytes, at);
    if (marker === EOI) break;
    const content = segmentAt(bytes, at + 2);
    at += 4 + content.length;
    if (marker === DQT) readTables(content, quantization, quantizationLength);
    else if (marker === DHT) readTables(content, huffman, huffmanLength);
    else if (marker === DRI) restart = restartInterval(content);
    else if (SOF.includes(marker)) {
      if (found !== undefined) throw broken('two frames');
      found = { frame: content, progressive: marker === SOF2 };
      frameSize(content);
    } else if (marker === SOS) {
      if (!found || quantization.size === 0 || huffman.size === 0)
        throw broken('scan before frame');
      if (content.length !== 4 + 2 * (content[0] ?? 0)) throw broken('the header of a scan');
      const end = scanEnd(bytes, at);
      const data = bytes.subarray(at, end);
      scans.push({ header: content, data, huffman: new Map(huffman), restart });
      at = end;
    } else {
      requirePlain(marker, content);
      if (applications.has(marker)) throw metadata('an application segment given twice');
      applications.add(marker);
    }
  }
  if (found === undefined || scans.length === 0) throw broken('no picture in it');
  if (at + 2 !== bytes.length) throw metadata('bytes behind the picture');
  return { ...frameSize(found.frame), ...found, quantization, scans };
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

/** Tables one behind the other, each with its class and destination before it. */
function readTables(
  content: Uint8Array,
  tables: Map<number, Uint8Array>,
  lengthAt: (content: Uint8Array, at: number) => number,
): void {
  if (content.length === 0) throw broken('a segment without a table');
  for (let at = 0; at < content.length; ) {
    const end = at + lengthAt(content, at);
    if (end > content.length) throw broken('a table is cut off');
    tables.set(content[at] ?? 0, content.subarray(at + 1, end));
    at = end;
  }
}

/** T.81 B.2.4.1: 64 elements of one byte or two. */
function quantizationLength(content: Uint8Array, at: number): number {
  const [precision, destination] = [(content[at] ?? 0) >> 4, (content[at] ?? 0) & 15];
  if (precision > 1 || destination > 3) throw broken('a quantization table of no legal kind');
  return 1 + 64 * (precision + 1);
}

/** T.81 B.2.4.2: how many codes there are of each length, then what they stand for. */
function huffmanLength(content: Uint8Array, at: number): number {
  const [kind, destination] = [(content[at] ?? 0) >> 4, (content[at] ?? 0) & 15];
  const codes = content.subarray(at + 1, at + 17).reduce((sum, count) => sum + count, 0);
  if (kind > 1 || destination > 3 || codes > 256) throw broken('a Huffman table of no legal kind');
  return 17 + codes;
}

function restartInterval(content: Uint8Array): number {
  if (content.length !== 2) throw broken('a restart interval of another length');
  return (content[0] ?? 0) * 256 + (content[1] ?? 0);
}

/** Lets through of the application segments what a canvas writes, and no larger than it does. */
function requirePlain(marker: number, content: Uint8Array): void {
  if (marker === JFIF) {
    const thumbnail = (content[12] ?? 0) + (content[13] ?? 0);
    const bare = content.length === JFIF_LENGTH && thumbnail === 0;
    if (!startsWith(content, 'JFIF\0') || !bare) throw metadata('a thumbnail');
    return;
  }
  if (marker === ICC_PROFILE && startsWith(content, 'ICC_PROFILE\0')) {
    if (content.length > MAX_PROFILE) throw metadata('a colour profile of more than 4 kB');
    return;
  }
  if (marker === ADOBE && startsWith(content, 'Adobe') && content.length === ADOBE_LENGTH) return;
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
