import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  addressOf,
  type Bytes,
  Photographer,
  photoSite,
  picture,
} from '../../../../test/photo/photographer.ts';
import { json, Page, refused } from '../../../../test/verifier/harness.ts';
import type { ImageAnswer } from '../../../wire/photo.ts';
import { LIMITS } from './config.ts';

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
