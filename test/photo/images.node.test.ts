import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LIMITS } from '../../src/methods/photo/server/config.ts';
import { readJpeg } from '../../src/methods/photo/server/jpeg.ts';
import type { ImageAnswer } from '../../src/wire/photo.ts';
import { refusal } from '../refusal.ts';
import { json, Page, refused } from '../verifier/harness.ts';
import { addressOf, type Bytes, Photographer, photoSite, picture } from './photographer.ts';

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

describe('the upload of a picture', () => {
  it('is answered by a receipt, the same whenever it is sent again', async () => {
    const shop = photoSite();
    const photographer = await Photographer.open(shop);
    const bytes = picture();
    const first = await json<ImageAnswer>(await photographer.put(bytes));
    shop.clock.ahead = 5_000;
    assert.deepEqual(await json<ImageAnswer>(await photographer.put(bytes)), first);
    const other = await json<ImageAnswer>(await photographer.put(picture()));
    assert.notEqual(other.receipt, first.receipt);
    assert.ok(other.receivedAt >= first.receivedAt + 5_000);
  });

  it('is described with the other calls', async () => {
    const description = await (await photoSite().send('openapi.json')).json();
    const { put, get } = description.paths['/sessions/{id}/images/{sha256}'];
    assert.equal(put.operationId, 'putImage');
    assert.deepEqual(Object.keys(put.requestBody.content), ['image/jpeg']);
    assert.equal(get.operationId, 'getImageReceipt');
    assert.equal(description.paths['/sessions/{id}/photo'].post.operationId, 'preparePhoto');
  });

  it('tells what has arrived before, never the picture', async () => {
    const photographer = await Photographer.open(photoSite());
    const bytes = picture();
    const path = `images/${await addressOf(bytes)}`;
    await refused(await photographer.page.call(path), 404, 'incomplete/image');
    const sent = await json<ImageAnswer>(await photographer.put(bytes));
    const asked = await photographer.page.call(path);
    assert.equal(asked.headers.get('content-type'), 'application/json');
    assert.deepEqual(await json<ImageAnswer>(asked), sent);
  });

  it('is refused for what is not the content the address names', async () => {
    const shop = photoSite();
    const photographer = await Photographer.open(shop);
    const address = await addressOf(picture());
    await refused(await photographer.put(picture(), address), 422, 'digest/image');
    assert.equal(await shop.store.getImage(photographer.page.view.id, address), undefined);
    await refused(await photographer.put(picture(), 'not-a-hash'), 400, 'malformed/request');
  });

  it('is refused for metadata, other types and sizes, and nothing is stored (neg-79)', async () => {
    const shop = photoSite();
    const photographer = await Photographer.open(shop);
    const wide = picture(LIMITS.maxLongSide + 8, 208);
    const cases: [Bytes, number, string, string?][] = [
      [GPS, 400, 'malformed/metadata'],
      [join(text('GIF89a…')), 400, 'malformed/image'],
      [picture(), 415, 'unsupported/content_type', 'image/png'],
      [wide, 413, 'limit/dimensions'],
      [picture(320, 160), 413, 'limit/dimensions'],
      [new Uint8Array(LIMITS.bytes + 1), 413, 'limit/body'],
    ];
    for (const [bytes, status, code, type] of cases) {
      await refused(await photographer.put(bytes, undefined, type), status, code);
      const { id } = photographer.page.view;
      assert.equal(await shop.store.getImage(id, await addressOf(bytes)), undefined, code);
    }
  });

  it('is stopped as soon as it is too long, whatever its length says', async () => {
    const photographer = await Photographer.open(photoSite());
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 2 ** 16;
        controller.enqueue(new Uint8Array(2 ** 16));
      },
    });
    const init = { method: 'PUT', headers: { 'content-type': 'image/jpeg' }, duplex: 'half' };
    const call = photographer.page.call(`images/${'A'.repeat(43)}`, {
      ...init,
      body: endless,
    } as RequestInit);
    await refused(await call, 413, 'limit/body');
    assert.ok(sent <= LIMITS.bytes + 3 * 2 ** 16, `${sent} bytes were read`);
  });

  it('cut at half leaves nothing, and the whole can follow', async () => {
    const shop = photoSite();
    const photographer = await Photographer.open(shop);
    const bytes = picture();
    const address = await addressOf(bytes);
    const broken = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes.subarray(0, bytes.length / 2));
      },
      pull: () => Promise.reject(new TypeError('connection lost')),
    });
    const init = { method: 'PUT', headers: { 'content-type': 'image/jpeg' }, duplex: 'half' };
    const half = await photographer.page.call(`images/${address}`, {
      ...init,
      body: broken,
    } as RequestInit);
    await refused(half, 422, 'incomplete/body');
    assert.equal(await shop.store.getImage(photographer.page.view.id, address), undefined);
    await json<ImageAnswer>(await photographer.put(bytes));
    assert.ok(await shop.store.getImage(photographer.page.view.id, address));
  });

  it('needs a challenge, its own token, and a session that waits', async () => {
    const shop = photoSite();
    const page = await Page.open(shop);
    const bytes = picture();
    const put =
      (of: Page) =>
      async (headers: Record<string, string> = {}) =>
        of.call(`images/${await addressOf(bytes)}`, {
          method: 'PUT',
          headers: { 'content-type': 'image/jpeg', ...headers },
          body: bytes,
        });
    await refused(await put(page)(), 422, 'request_mismatch/unasked');
    const photographer = await Photographer.open(shop);
    const foreign = { authorization: `Bearer ${page.token}` };
    await refused(await put(photographer.page)(foreign), 401, 'session/token');
    await photographer.page.call('', { method: 'DELETE' });
    await refused(await put(photographer.page)(), 410, 'session/ended');
    const { id } = photographer.page.view;
    assert.equal(await shop.store.getImage(id, await addressOf(bytes)), undefined);
  });

  it('has an end: a session holds forty', async () => {
    const photographer = await Photographer.open(photoSite());
    const first = picture();
    await json(await photographer.put(first));
    for (let count = 1; count < 40; count++) await json(await photographer.put(picture()));
    await refused(await photographer.put(picture()), 413, 'limit/images');
    await json(await photographer.put(first));
  });

  it('leaves nothing when the person leaves or the session expires', async () => {
    for (const leaves of [true, false]) {
      const shop = photoSite();
      const photographer = await Photographer.open(shop);
      const bytes = picture();
      await json(await photographer.put(bytes));
      if (leaves) await photographer.page.call('', { method: 'DELETE' });
      else {
        shop.clock.ahead = 60 * 60_000;
        await shop.verifier.sweep();
      }
      const { id } = photographer.page.view;
      assert.equal(await shop.store.getImage(id, await addressOf(bytes)), undefined);
    }
  });
});
