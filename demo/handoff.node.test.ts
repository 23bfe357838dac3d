import assert from 'node:assert/strict';
import type { NetworkInterfaceInfo } from 'node:os';
import { describe, it } from 'node:test';
import { deviceLink } from '../src/wire/contract.ts';
import * as v from '../src/wire/schema.ts';
import { lanAddress, onlyForPhones } from './handoff.ts';

const card = (address: string, internal = false): NetworkInterfaceInfo => ({
  address,
  internal,
  family: 'IPv4',
  netmask: '255.255.255.0',
  mac: '00:00:00:00:00:00',
  cidr: `${address}/24`,
});

describe('--lan', () => {
  it('finds an address of a private network, whose links a page takes in the test environment', () => {
    for (const address of ['10.0.0.7', '172.16.3.4', '172.31.0.1', '192.168.7.5']) {
      const found = lanAddress({ lo: [card('127.0.0.1', true)], eth0: [card(address)] });
      assert.equal(found, address);
      assert.ok(v.is(deviceLink, `http://${found}:8080/id-verify/h/x`));
    }
  });

  it('takes no public address', () => {
    for (const address of ['192.0.2.2', '172.32.0.1', '8.8.8.8', '192.169.0.1', '100.64.0.1']) {
      assert.throws(() => lanAddress({ eth0: [card(address)] }), /private network/);
      assert.equal(v.is(deviceLink, `http://${address}:8080/id-verify/h/x`), false);
    }
  });

  it('opens to phones the links, the way back and the app’s pages, and nothing else', async () => {
    const handler = onlyForPhones(async () => new Response('here'));
    // Whatever name is asked for: the address is the socket's.
    const status = async (path: string, address: string) =>
      (await handler(new Request(`http://localhost:8080${path}`), { address })).status;
    const forPhones = ['/id-verify/h/a.b', '/id-verify/handoff/callback/demo', '/demo/phone/s/x'];
    const ours = ['/', '/id-verify/sessions', '/demo/phone/api/jwks', '/demo/reviewer/reviews'];
    for (const address of ['192.168.7.9', 'fd00::9']) {
      for (const path of forPhones) assert.equal(await status(path, address), 200, path);
      for (const path of ours) assert.equal(await status(path, address), 404, path);
    }
    for (const path of ours) assert.equal(await status(path, '127.0.0.1'), 200, path);
  });
});
