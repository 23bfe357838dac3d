/** What the camera of a phone would read from the screen. */
import jsqr from 'jsqr';
import { PNG } from 'pngjs';
import type { Page } from 'puppeteer-core';

const { default: decode } = jsqr as unknown as { default: typeof jsqr.default };

/** The content of the QR code the element shows; empty where it cannot be read. */
export async function linkIn(page: Page): Promise<string> {
  const picture = await page.waitForSelector('id-verify >>> .qr');
  const { data, width, height } = PNG.sync.read(Buffer.from((await picture?.screenshot()) ?? []));
  return decode(new Uint8ClampedArray(data), width, height)?.data ?? '';
}
