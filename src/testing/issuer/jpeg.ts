/**
 * A baseline JPEG writer (ITU-T T.81): three components, no subsampling, one set of tables for all
 * of them. Just enough for a drawn test portrait that any decoder opens.
 */
import { type Bytes, fromHex, join, utf8 } from './bytes.ts';

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue, 0 to 255, of one pixel. */
  readonly pixel: (x: number, y: number) => readonly [number, number, number];
}

// Luminance tables of T.81 Annex K, quantization in zig-zag order.
const QUANTIZATION = [
  16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37,
  29, 40, 58, 51, 61, 60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87,
  95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99,
];
const DC_COUNTS = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
const DC_VALUES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const AC_COUNTS = [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d];
const AC_VALUES = [
  ...fromHex(
    '01020300041105122131410613516107227114328191a1082342b1c11552d1f0243362728209' +
      '0a161718191a25262728292a3435363738393a434445464748494a535455565758595a636465' +
      '666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9' +
      'aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9ea' +
      'f1f2f3f4f5f6f7f8f9fa',
  ),
];

/** Index of the coefficient at each place of the zig-zag walk. */
const ZIGZAG = Array.from({ length: 64 }, (_, index) => index).sort((a, b) => {
  const [rowA, columnA, rowB, columnB] = [a >> 3, a & 7, b >> 3, b & 7];
  const [sumA, sumB] = [rowA + columnA, rowB + columnB];
  if (sumA !== sumB) return sumA - sumB;
  return sumA % 2 ? rowA - rowB : columnA - columnB;
});

const COSINE = Array.from({ length: 64 }, (_, index) => {
  const [frequency, place] = [index >> 3, index & 7];
  const scale = frequency === 0 ? Math.SQRT1_2 : 1;
  return (scale * Math.cos(((2 * place + 1) * frequency * Math.PI) / 16)) / 2;
});

type Code = readonly [bits: number, length: number];

function huffmanCodes(counts: readonly number[], values: readonly number[]): Map<number, Code> {
  const codes = new Map<number, Code>();
  let [code, at] = [0, 0];
  for (const [index, count] of counts.entries()) {
    for (const value of values.slice(at, at + count)) codes.set(value, [code++, index + 1]);
    at += count;
    code <<= 1;
  }
  return codes;
}
const DC_CODES = huffmanCodes(DC_COUNTS, DC_VALUES);
const AC_CODES = huffmanCodes(AC_COUNTS, AC_VALUES);

/** Collects bits; a 0xff in the data is followed by a zero byte. */
class BitWriter {
  readonly bytes: number[] = [];
  #pending = 0;
  #held = 0;

  write(bits: number, length: number): void {
    for (let at = length - 1; at >= 0; at--) {
      this.#pending = (this.#pending << 1) | ((bits >> at) & 1);
      if (++this.#held < 8) continue;
      this.bytes.push(this.#pending);
      if (this.#pending === 0xff) this.bytes.push(0);
      [this.#pending, this.#held] = [0, 0];
    }
  }

  code(codes: ReadonlyMap<number, Code>, symbol: number): void {
    const [bits, length] = codes.get(symbol) ?? [0, 0];
    this.write(bits, length);
  }

  /** The low bits of a coefficient, T.81 F.1.2.1. */
  magnitude(value: number, size: number): void {
    this.write(value < 0 ? value + (1 << size) - 1 : value, size);
  }

  end(): Bytes {
    if (this.#held) this.write(0x7f, 8 - this.#held);
    return new Uint8Array(this.bytes);
  }
}

/** @param quality 1 (small) to 100 (fine) */
export function encodeJpeg(picture: Picture, quality = 75): Bytes {
  const scale = quality < 50 ? 50 / quality : 2 - quality / 50;
  const table = QUANTIZATION.map((step) => Math.min(255, Math.max(1, Math.round(step * scale))));
  const out = new BitWriter();
  const previous = [0, 0, 0];
  for (let top = 0; top < picture.height; top += 8) {
    for (let left = 0; left < picture.width; left += 8) {
      for (const [component, samples] of blocks(picture, left, top).entries()) {
        const values = quantized(samples, table);
        writeBlock(out, values, previous[component] ?? 0);
        previous[component] = values[0] ?? 0;
      }
    }
  }
  return join(headers(picture, table), out.end(), new Uint8Array([0xff, 0xd9]));
}

/** Y, Cb and Cr of one block, centred on zero; the edge is repeated past the picture. */
function blocks({ width, height, pixel }: Picture, left: number, top: number): number[][] {
  const [y, cb, cr]: [number[], number[], number[]] = [[], [], []];
  for (let index = 0; index < 64; index++) {
    const [column, row] = [left + (index & 7), top + (index >> 3)];
    const [r, g, b] = pixel(Math.min(column, width - 1), Math.min(row, height - 1));
    y.push(0.299 * r + 0.587 * g + 0.114 * b - 128);
    cb.push(-0.168736 * r - 0.331264 * g + 0.5 * b);
    cr.push(0.5 * r - 0.418688 * g - 0.081312 * b);
  }
  return [y, cb, cr];
}

function quantized(samples: readonly number[], table: readonly number[]): number[] {
  const rows = pass(samples, (index) => index);
  const both = pass(rows, (index) => ((index & 7) << 3) | (index >> 3));
  return ZIGZAG.map((place, index) => Math.round((both[place] ?? 0) / (table[index] ?? 1)));
}

/** One dimension of the cosine transform; `at` says where in memory the logical index lives. */
function pass(values: readonly number[], at: (index: number) => number): number[] {
  const out = new Array<number>(64).fill(0);
  for (let line = 0; line < 64; line += 8) {
    for (let frequency = 0; frequency < 8; frequency++) {
      let sum = 0;
      for (let place = 0; place < 8; place++) {
        sum += (values[at(line + place)] ?? 0) * (COSINE[frequency * 8 + place] ?? 0);
      }
      out[at(line + frequency)] = sum;
    }
  }
  return out;
}

const sizeOf = (value: number): number => 32 - Math.clz32(Math.abs(value));

function writeBlock(out: BitWriter, [dc = 0, ...ac]: readonly number[], previous: number): void {
  const difference = dc - previous;
  out.code(DC_CODES, sizeOf(difference));
  out.magnitude(difference, sizeOf(difference));
  let zeros = 0;
  for (const value of ac.slice(0, ac.findLastIndex((coefficient) => coefficient !== 0) + 1)) {
    if (value === 0) {
      zeros++;
      continue;
    }
    for (; zeros > 15; zeros -= 16) out.code(AC_CODES, 0xf0);
    out.code(AC_CODES, (zeros << 4) | sizeOf(value));
    out.magnitude(value, sizeOf(value));
    zeros = 0;
  }
  if (ac.at(-1) === 0) out.code(AC_CODES, 0);
}

function headers({ width, height }: Picture, table: readonly number[]): Bytes {
  const segment = (marker: number, ...content: readonly number[]) =>
    new Uint8Array([
      0xff,
      marker,
      (content.length + 2) >> 8,
      (content.length + 2) & 255,
      ...content,
    ]);
  const frame = [8, height >> 8, height & 255, width >> 8, width & 255, 3];
  const components = [1, 2, 3];
  return join(
    new Uint8Array([0xff, 0xd8]),
    segment(0xe0, ...utf8('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0),
    segment(0xdb, 0, ...table),
    segment(0xc0, ...frame, ...components.flatMap((id) => [id, 0x11, 0])),
    segment(0xc4, 0x00, ...DC_COUNTS, ...DC_VALUES),
    segment(0xc4, 0x10, ...AC_COUNTS, ...AC_VALUES),
    segment(0xda, 3, ...components.flatMap((id) => [id, 0]), 0, 63, 0),
  );
}
