/** What the tests of one file share: a browser and something to visit, gone after them. */
import { after, afterEach } from 'node:test';
import type { Browser, LaunchOptions } from 'puppeteer-core';
import { launchChromium } from '../chromium.ts';
import { type Deployment, deploy } from './deployment.ts';

export interface Setting<Site> {
  readonly browser: Browser;
  readonly site: Site;
}

/** @param start begins what is visited */
export async function setting<Site extends { stop(): Promise<void> }>(
  start: () => Promise<Site>,
  options?: LaunchOptions,
): Promise<Setting<Site>> {
  const [browser, site] = await Promise.all([launchChromium(options), start()]);
  after(() => Promise.all([browser.close(), site.stop()]));
  return { browser, site };
}

/** The reference server as a site runs it; each test begins in fair weather. */
export async function deployed(): Promise<Setting<Deployment>> {
  const shared = await setting(deploy);
  afterEach(() => {
    shared.site.front.weather = () => undefined;
  });
  return shared;
}
