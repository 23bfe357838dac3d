/** Where page, script and endpoint are: one origin, or three; under the strictest policy a site can send. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deployed } from './setting.ts';
import { tag, Visit } from './visit.ts';

const { browser, site } = await deployed();

async function verifiedAt(address: string): Promise<Visit> {
  const tab = await Visit.start(browser, site.wallet);
  await tab.open(address);
  await tab.approve();
  const { status, origin } = await site.redeem(await tab.confirm());
  assert.deepEqual([status, origin], ['verified', new URL(address).origin]);
  return tab;
}

/** The site's page with nothing but the two tags; script and endpoint are the server's own. */
const foreign = () =>
  tag(
    `endpoint="${site.server}/id-verify" profile="identity" methods="wallet"`,
    `${site.server}/cdn/id-verify.js`,
  );

const policy = (changes: Readonly<Record<string, string>> = {}) =>
  Object.entries({
    'default-src': "'none'",
    'script-src': `${site.server}/cdn/`,
    'style-src': "'self'",
    'connect-src': `${site.server}/id-verify/`,
    'require-trusted-types-for': "'script'",
    ...changes,
  })
    .map((directive) => directive.join(' '))
    .join('; ');

const served = (changes?: Readonly<Record<string, string>>) =>
  site.front.page(foreign(), { headers: { 'content-security-policy': policy(changes) } });

describe('the endpoint', () => {
  it('on the page’s own origin', async () => {
    const tab = await verifiedAt(site.front.origin + site.front.page(tag()));
    assert.deepEqual(tab.complaints, []);
    assert.ok(tab.requested.every((url) => url.startsWith(site.front.origin)));
    await tab.close();
  });

  it('on another origin of the same site, and on another site', async () => {
    for (const origin of [site.front.origin, site.front.otherOrigin]) {
      const tab = await verifiedAt(origin + site.front.page(foreign()));
      assert.deepEqual(tab.complaints, []);
      assert.ok(tab.requested.some((url) => url.startsWith(`${site.server}/id-verify/`)));
      await tab.close();
    }
  });

  it('does not answer a page that is not listed', async () => {
    const path = site.front.page(foreign());
    const unlisted = new URL(site.front.origin);
    unlisted.hostname = 'unlisted.localhost';
    const tab = await Visit.start(browser, site.wallet);
    await tab.open(unlisted.origin + path);
    await tab.reach('failed');
    assert.match(tab.complaints.join(), /CORS/);
    assert.deepEqual(await tab.heardOf('result'), []);
    await tab.close();
  });
});

describe('a page under the strictest policy', () => {
  it('completes the path without one violation, console message or foreign request', async () => {
    const tab = await verifiedAt(site.front.otherOrigin + served());
    assert.deepEqual(tab.complaints, []);
    const elsewhere = tab.requested.filter(
      (url) =>
        !url.startsWith(`${site.server}/cdn/`) &&
        !url.startsWith(`${site.server}/id-verify/`) &&
        !url.startsWith(site.front.otherOrigin),
    );
    assert.deepEqual(elsewhere, []);
    await tab.close();
  });

  it('is heard when something does violate it', async () => {
    const tab = await Visit.start(browser, site.wallet);
    await tab.open(site.front.otherOrigin + served({ 'connect-src': "'none'" }));
    await tab.reach('failed');
    assert.match(tab.complaints.join(), /VIOLATION connect-src/);
    await tab.read(`document.body.innerHTML = '<b>x</b>'`).catch(() => undefined);
    assert.match(tab.complaints.join(), /VIOLATION require-trusted-types-for|TrustedHTML/);
    await tab.close();
  });
});
