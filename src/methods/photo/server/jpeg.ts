/**
 * A JPEG as a canvas writes it (ITU-T T.81, JFIF), taken apart to its end: one frame, one scan of all
 * its components, each table once. Metadata, thumbnails and bytes behind the picture are refused: they
 * could hold a place, or another picture. So is every segment with more room than it needs, and every
 * other way to write the same picture, in which it would not be known again.
 */
import { IdVerifyError } from '../../../wire/error.ts';

export interface JpegSize {
  readonly width: number;
  readonly height: number;
}

/** The scan with its tables, by class and destination. */
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
  /** Content of the frame's segment, T.81 B.2.2. */
  readonly frame: Uint8Array;
  /** By destination: 64 elements of one byte or two. */
  readonly quantization: ReadonlyMap<number, Uint8Array>;
  readonly scan: JpegScan;
}

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const DQT = 0xdb;
const DHT = 0xc4;
const DRI = 0xdd;
/** Baseline and extended sequential, Huffman coded. */
const SOF: readonly number[] = [0xc0, 0xc1];
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
  let frame: Uint8Array | undefined;
  let scan: JpegScan | undefined;
  let restart: number | undefined;
  let at = 2;
  for (;;) {
    const marker = markerAt(bytes, at);
    if (marker === EOI) break;
    const content = segmentAt(bytes, at + 2);
    at += 4 + content.length;
    if (scan !== undefined) throw broken('more than one scan');
    if (marker === DQT) readTables(content, quantization, quantizationTable);
    else if (marker === DHT) readTables(content, huffman, huffmanTable);
    else if (marker === DRI) {
      if (restart !== undefined) throw metadata('a restart interval given twice');
      restart = restartInterval(content);
    } else if (SOF.includes(marker)) {
      if (frame !== undefined) throw broken('two frames');
      frame = content;
      frameSize(content);
    } else if (marker === SOS) {
      if (frame === undefined) throw broken('scan before frame');
      requireWhole(content, frame[5] ?? 0);
      const end = scanEnd(bytes, at);
      const data = bytes.subarray(at, end);
      scan = { header: content, data, huffman, restart: restart ?? 0 };
      at = end;
    } else {
      requirePlain(marker, content);
      if (applications.has(marker)) throw metadata('an application segment given twice');
      applications.add(marker);
    }
  }
  if (frame === undefined || scan === undefined) throw broken('no picture in it');
  if (at + 2 !== bytes.length) throw metadata('bytes behind the picture');
  return { ...frameSize(frame), frame, quantization, scan };
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

/** Where a table goes, and how long it is without the byte that says so. */
interface TableHead {
  readonly place: number;
  readonly length: number;
}

/** Tables one behind the other, each with its class and destination before it. */
function readTables(
  content: Uint8Array,
  tables: Map<number, Uint8Array>,
  headOf: (kind: number, destination: number, rest: Uint8Array) => TableHead,
): void {
  if (content.length === 0) throw broken('a segment without a table');
  for (let at = 0; at < content.length; ) {
    const [first = 0] = content.subarray(at);
    const { place, length } = headOf(first >> 4, first & 15, content.subarray(at + 1));
    const end = at + 1 + length;
    if (end > content.length) throw broken('a table is cut off');
    if (tables.has(place)) throw metadata('a table given twice');
    tables.set(place, content.subarray(at + 1, end));
    at = end;
  }
}

/** T.81 B.2.4.1: 64 elements of one byte or two. */
function quantizationTable(precision: number, destination: number): TableHead {
  if (precision > 1 || destination > 3) throw broken('a quantization table of no legal kind');
  return { place: destination, length: 64 * (precision + 1) };
}

/** T.81 B.2.4.2: how many codes there are of each length, then what they stand for. */
function huffmanTable(kind: number, destination: number, rest: Uint8Array): TableHead {
  const codes = rest.subarray(0, 16).reduce((sum, count) => sum + count, 0);
  if (kind > 1 || destination > 3 || codes > 256) throw broken('a Huffman table of no legal kind');
  return { place: (kind << 4) | destination, length: 16 + codes };
}

function restartInterval(content: Uint8Array): number {
  if (content.length !== 2) throw broken('a restart interval of another length');
  return (content[0] ?? 0) * 256 + (content[1] ?? 0);
}

/** T.81 B.2.3: all components, all 64 coefficients, all bits. */
function requireWhole(header: Uint8Array, components: number): void {
  const range = [...header.subarray(1 + 2 * components)].join();
  if (header[0] !== components || range !== '0,63,0') throw broken('a part of a scan');
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
