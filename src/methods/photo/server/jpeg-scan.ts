/**
 * What a JPEG shows, whatever its file looks like: quantization tables and coefficients. The same
 * picture with another colour profile, other Huffman tables or restart markers comes to the same
 * bytes; to compare pictures, never to show one.
 */
import { concatBytes } from '../../../wire/bytes.ts';
import { broken, type JpegParts, type JpegScan, takeApart } from './jpeg.ts';

/** @throws IdVerifyError `malformed/image`, `malformed/metadata` */
export function pictureIn(bytes: Uint8Array): Uint8Array {
  const parts = takeApart(bytes);
  const { frame, quantization, scan } = parts;
  const tables = componentsOf(frame).map(({ table }) => shortest(quantization.get(table)));
  return concatBytes(frame.subarray(1, 5), ...tables, coefficients(parts, scan));
}

/** The same table may be written with two bytes an element. */
function shortest(table: Uint8Array | undefined): Uint8Array {
  if (table === undefined) throw broken('a quantization table is missing');
  const wide = table.length > 64 && table.every((byte, index) => index % 2 === 1 || byte === 0);
  return wide ? table.filter((_, index) => index % 2 === 1) : table;
}

interface Component {
  readonly id: number;
  readonly across: number;
  readonly down: number;
  readonly table: number;
}

/** T.81 B.2.2. */
function componentsOf(frame: Uint8Array): Component[] {
  return Array.from({ length: frame[5] ?? 0 }, (_, index) => {
    const [id = 0, sampling = 0, table = 0] = frame.subarray(6 + 3 * index, 9 + 3 * index);
    const [across, down] = [sampling >> 4, sampling & 15];
    if (across < 1 || across > 4 || down < 1 || down > 4) throw broken('a sampling factor');
    return { id, across, down, table };
  });
}

/** Where the codes of each length begin, and what they stand for: T.81 F.2.2.3. */
interface Codes {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly place: readonly number[];
  readonly values: Uint8Array;
}

function codesOf(scan: JpegScan, key: number): Codes {
  const table = scan.huffman.get(key);
  if (table === undefined) throw broken('a Huffman table is missing');
  const [first, last, place]: [number[], number[], number[]] = [[], [], []];
  let [code, at] = [0, 0];
  for (const count of table.subarray(0, 16)) {
    first.push(code);
    place.push(at);
    code += count;
    last.push(code);
    at += count;
    code <<= 1;
  }
  return { first, last, place, values: table.subarray(16) };
}

/** The bits of a scan, stuffed zeros taken out. */
class Bits {
  readonly #data: Uint8Array;
  #at = 0;
  #byte = 0;
  #left = 0;

  constructor(data: Uint8Array) {
    this.#data = data;
  }

  next(): number {
    if (this.#left === 0) {
      this.#byte = this.#data[this.#at++] ?? -1;
      if (this.#byte < 0) throw broken('a scan ends too early');
      if (this.#byte === 0xff && this.#data[this.#at++] !== 0) throw broken('a marker in a scan');
      this.#left = 8;
    }
    return (this.#byte >> --this.#left) & 1;
  }

  code({ first, last, place, values }: Codes): number {
    let code = 0;
    for (let length = 0; length < 16; length++) {
      code = (code << 1) | this.next();
      const start = first[length] ?? 0;
      if (code < (last[length] ?? 0) && code >= start) {
        return values[(place[length] ?? 0) + code - start] ?? 0;
      }
    }
    throw broken('a code of no table');
  }

  /** T.81 F.2.2.1: a number of so many bits, the first of which is its sign. */
  signed(bits: number): number {
    let value = 0;
    for (let left = bits; left > 0; left--) value = (value << 1) | this.next();
    return bits > 0 && value < 2 ** (bits - 1) ? value - 2 ** bits + 1 : value;
  }

  restart(): void {
    this.#left = 0;
    while (this.#data[this.#at] === 0xff && this.#data[this.#at + 1] === 0xff) this.#at += 1;
    const marker = this.#data[this.#at + 1] ?? 0;
    if (this.#data[this.#at] !== 0xff || marker < 0xd0 || marker > 0xd7) {
      throw broken('no restart marker where one must be');
    }
    this.#at += 2;
  }

  /** Nothing but what fills the last byte may follow. */
  finish(): void {
    while (this.#data[this.#at] === 0xff && this.#data[this.#at + 1] === 0xff) this.#at += 1;
    if (this.#at < this.#data.length) throw broken('bytes behind a scan');
  }
}

/** Bytes, as many as come. */
class Sink {
  #bytes = new Uint8Array(65_536);
  #length = 0;

  put(...values: readonly number[]): void {
    if (this.#length + values.length > this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    for (const value of values) this.#bytes[this.#length++] = value;
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
}

/** The coefficients of a scan, T.81 F.2: of each block its DC, then runs and values. */
function coefficients({ frame, width, height }: JpegParts, scan: JpegScan): Uint8Array {
  const all = componentsOf(frame);
  const used = all.map((component, index) => {
    const [id, tables = 0] = scan.header.subarray(1 + 2 * index, 3 + 2 * index);
    if (component.id !== id) throw broken('a scan in another order than the frame');
    const dc = codesOf(scan, tables >> 4);
    return { ...component, dc, ac: codesOf(scan, 0x10 | (tables & 15)), before: 0 };
  });
  const [across, down] = [
    Math.max(...all.map((one) => one.across)),
    Math.max(...all.map((one) => one.down)),
  ];
  // One component by itself goes block by block, whatever its sampling factors: T.81 A.2.2.
  const alone = used.length === 1;
  const units = alone
    ? Math.ceil(width / 8) * Math.ceil(height / 8)
    : Math.ceil(width / (8 * across)) * Math.ceil(height / (8 * down));
  const bits = new Bits(scan.data);
  const sink = new Sink();
  for (let unit = 0; unit < units; unit++) {
    if (scan.restart > 0 && unit > 0 && unit % scan.restart === 0) {
      bits.restart();
      for (const component of used) component.before = 0;
    }
    for (const component of used) {
      const blocks = alone ? 1 : component.across * component.down;
      for (let block = 0; block < blocks; block++) {
        component.before += bits.signed(bits.code(component.dc) & 15);
        sink.put(0xfe, (component.before >> 8) & 255, component.before & 255);
        readAc(bits, component.ac, sink);
      }
    }
  }
  bits.finish();
  return sink.bytes;
}

function readAc(bits: Bits, codes: Codes, sink: Sink): void {
  for (let at = 1; at < 64; at++) {
    const symbol = bits.code(codes);
    const [run, size] = [symbol >> 4, symbol & 15];
    if (size === 0 && run !== 15) return;
    at += run;
    if (at > 63) throw broken('a block of more than 64 coefficients');
    if (size === 0) continue;
    const value = bits.signed(size);
    sink.put(at, (value >> 8) & 255, value & 255);
  }
}
