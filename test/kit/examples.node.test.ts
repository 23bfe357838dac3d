/**
 * The applications of `demo/examples` that a bundler or nothing builds, from the packed package, with
 * real clicks, until their server has the result.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exampleOf } from './example.ts';
import { goByWallet } from './person.ts';

describe('plain HTML, with a form', () => {
  const app = exampleOf('html-form');

  it('sends nothing before there is a result', async () => {
    const page = await app.open();
    await page.click('form > button');
    assert.equal(await page.$eval('form', (form) => form.checkValidity()), false);
    assert.equal(new URL(page.url()).pathname, '/');
  });

  it('ends with verified on the server, beside what else was in the form', async () => {
    const page = await app.open();
    await goByWallet(page, 'ja');
    await Promise.all([page.waitForNavigation(), page.click('form > button')]);
    assert.equal(await page.$eval('body', (body) => body.textContent), 'verified');
    assert.match(app.printed(), /^verified wallet 番号\s花子 普通$/mu);
  });
});

describe('React', () => {
  const app = exampleOf('react');

  it('hears the event, and its server has the result', async () => {
    const page = await app.open();
    await goByWallet(page, 'ja');
    await page.waitForFunction(() => document.querySelector('output')?.textContent === 'verified');
    assert.match(app.printed(), /^verified wallet 番号\s花子$/mu);
  });
});
