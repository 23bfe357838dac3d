import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Bytes, picture } from '../../../../test/photo/photographer.ts';
import { refusal } from '../../../../test/refusal.ts';
import { readJpeg } from './jpeg.ts';

const join = (...parts: (Uint8Array | readonly number[])[]): Bytes =>
  new Uint8Array(parts.flatMap((part) => [...part]));

const text = (value: string): number[] => [...new TextEncoder().encode(value)];

const segment = (marker: number, content: readonly number[]): number[] => [
  0xff,
  marker,
  (content.length + 2) >> 8,
  (content.length + 2) & 255,
  ...content,
];

/** With something more right behind the start of the image. */
const withSegment = (bytes: Bytes, marker: number, content: readonly number[]): Bytes =>
  join(bytes.subarray(0, 2), segment(marker, content), bytes.subarray(2));

const plain = picture();

const GPS = withSegment(plain, 0xe1, text('Exif\0\0MM\0*GPSLatitude'));

describe('a JPEG', () => {
  it('is measured by its frame', () => {
    assert.deepEqual(readJpeg(picture(333, 217)), { width: 333, height: 217 });
  });

  it('may carry a colour profile', () => {
    const coloured = withSegment(plain, 0xe2, text('ICC_PROFILE\0…'));
    assert.deepEqual(readJpeg(coloured), { width: 320, height: 200 });
  });

  const room = (bytes: number) => [...text('ICC_PROFILE\0'), ...new Array(bytes - 12).fill(1)];
  const profile = withSegment(plain, 0xe2, room(4_096));
  const table = plain.indexOf(0xdb) + 3;
  const JFIF = [...text('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0];
  const roomy: Record<string, Bytes> = {
    'a colour profile over 4 kB': withSegment(plain, 0xe2, room(4_097)),
    'two colour profiles': withSegment(profile, 0xe2, room(20)),
    'more behind JFIF': withSegment(plain, 0xe0, [...JFIF, 7]),
    'a table given twice': withSegment(plain, 0xdb, [...plain.subarray(table, table + 65)]),
    'more behind Adobe': withSegment(plain, 0xee, [...text('Adobe'), ...new Array(8).fill(0)]),
  };
  for (const [name, bytes] of Object.entries(roomy)) {
    it(`with room for something else, ${name}, is refused`, () => {
      assert.equal(
        refusal(() => readJpeg(bytes)),
        'malformed/metadata',
      );
    });
  }

  it('with tables longer than tables are is refused', () => {
    assert.deepEqual(readJpeg(profile), { width: 320, height: 200 });
    const interval = withSegment(plain, 0xdd, [0, 0]);
    assert.deepEqual(readJpeg(interval), { width: 320, height: 200 });
    for (const [marker, content] of [
      [0xdd, [0, 0, 7]],
      [0xdb, new Array(66).fill(1)],
      [0xdb, []],
      [0xc4, [0x00, ...new Array(16).fill(0), 7]],
      [0xc4, [0x20, ...new Array(16).fill(0)]],
    ] as const) {
      const bytes = withSegment(plain, marker, content);
      assert.equal(
        refusal(() => readJpeg(bytes)),
        'malformed/image',
      );
    }
  });

  const metadata: Record<string, Bytes> = {
    'EXIF with a place': GPS,
    XMP: withSegment(plain, 0xe1, text('http://ns.adobe.com/xap/1.0/\0<x/>')),
    'a Photoshop block': withSegment(plain, 0xed, text('Photoshop 3.0\0')),
    'a comment': withSegment(plain, 0xfe, text('taken at home')),
    'another application segment': withSegment(plain, 0xe2, text('MPF\0')),
    'a thumbnail': withSegment(plain, 0xe0, [...text('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 8, 8]),
    'bytes behind the picture': join(plain, text('MotionPhoto')),
    'a second picture behind it': join(plain, plain),
  };
  for (const [name, bytes] of Object.entries(metadata)) {
    it(`with ${name} is refused (neg-79)`, () => {
      assert.equal(
        refusal(() => readJpeg(bytes)),
        'malformed/metadata',
      );
    });
  }

  const frame = plain.indexOf(0xc0) - 1;
  const scan = Buffer.from(plain).indexOf('ffda', 'hex');
  const altered = (at: number, value: number): Bytes => plain.with(at, value) as Bytes;
  const broken: Record<string, Bytes> = {
    nothing: new Uint8Array(),
    'a PNG': new Uint8Array([0x89, ...text('PNG\r\n')]),
    'HTML that calls itself a picture': join(text('<script>alert(1)</script>')),
    'cut at half': plain.slice(0, plain.length / 2),
    'cut before its end': plain.slice(0, -2),
    'without a scan': join(plain.subarray(0, frame), [0xff, 0xd9]),
    'no height': altered(frame + 5, 0).with(frame + 6, 0) as Bytes,
    'sixteen bits deep': altered(frame + 4, 16),
    'an unknown marker': withSegment(plain, 0xf0, []),
    'arithmetic coding': altered(frame + 1, 0xc9),
    progressive: altered(frame + 1, 0xc2),
    'in two scans': join(plain.subarray(0, -2), plain.subarray(scan)),
    'a scan of some coefficients': altered(scan + 12, 62),
    'two frames': join(
      plain.subarray(0, frame),
      plain.subarray(frame, frame + 19),
      plain.subarray(frame),
    ),
    'a segment longer than the file': join([0xff, 0xd8, 0xff, 0xdb, 0xff, 0xff]),
  };
  for (const [name, bytes] of Object.entries(broken)) {
    it(`that is ${name} is refused (neg-79)`, () => {
      assert.equal(
        refusal(() => readJpeg(bytes)),
        'malformed/image',
      );
    });
  }

  it('of any bytes at all ends in an answer', () => {
    for (let round = 0; round < 3_000; round++) {
      const changed = new Uint8Array(plain.subarray(0, 700 + (round % 300)));
      for (let flip = 0; flip < 3; flip++) {
        const at = 2 + ((round * 7919 + flip * 104_729) % (changed.length - 2));
        changed[at] = (round * 31 + flip * 17) & 255;
      }
      const code = refusal(() => readJpeg(changed)) ?? '';
      assert.match(code, /^(malformed\/(image|metadata))?$/);
    }
  });
});
