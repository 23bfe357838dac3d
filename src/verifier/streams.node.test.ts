import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ORIGIN, Page, refused, site } from '../../test/verifier/harness.ts';

const ADDRESS = '203.0.113.7';

describe('event streams', () => {
  const streamBy = (shop: ReturnType<typeof site>, page: Page, address?: string) => {
    const headers = { authorization: `Bearer ${page.token}`, origin: ORIGIN };
    const url = `${ORIGIN}/id-verify/sessions/${page.view.id}/events`;
    return shop.verifier.fetch(new Request(url, { headers }), { address });
  };

  it('are so many of one session, and one that is closed makes room', async () => {
    const shop = site();
    const page = await Page.open(shop);
    const streams = [];
    for (let count = 0; count < 8; count++) {
      const stream = await streamBy(shop, page);
      assert.equal(stream.status, 200);
      streams.push(stream);
    }
    await refused(await streamBy(shop, page), 429, 'limit/rate');
    await streams[3]?.body?.cancel();
    await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal((await streamBy(shop, page)).status, 200);
    shop.verifier.close();
  });

  it('are so many of one address, unless it is a proxy’s', async () => {
    const shop = site();
    const pages = await Promise.all(Array.from({ length: 33 }, () => Page.open(shop)));
    const openAll = async (address: string) => {
      let open = 0;
      for (const page of pages) {
        for (let count = 0; count < 8; count++) {
          const stream = await streamBy(shop, page, address);
          if (stream.status === 200) open += 1;
        }
      }
      return open;
    };
    assert.equal(await openAll(ADDRESS), 256);
    shop.verifier.close();
    const behind = site();
    pages.splice(0, pages.length, ...(await Promise.all(pages.map(() => Page.open(behind)))));
    const private4 = (page: Page) => streamBy(behind, page, '10.0.0.1');
    for (const page of pages) assert.equal((await private4(page)).status, 200);
    behind.verifier.close();
  });
});
