import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { IdVerifyError } from '../wire/error.ts';
import { pinEndpoint } from './client.ts';

const at = (endpoint: string, page = 'https://shop.example/join?x=1') =>
  pinEndpoint(endpoint, page, fetch).endpoint;

describe('the endpoint', () => {
  it('is fixed as an absolute URL', () => {
    assert.equal(at('/id-verify'), 'https://shop.example/id-verify');
    assert.equal(at('id-verify/'), 'https://shop.example/id-verify');
    assert.equal(at('https://id.example/base/'), 'https://id.example/base');
    assert.equal(at('/id', 'http://10.0.0.5:8080/'), 'http://10.0.0.5:8080/id');
    assert.equal(at('http://localhost:3000'), 'http://localhost:3000');
    assert.equal(at('http://[::1]:3000/id'), 'http://[::1]:3000/id');
  });
  it('neg-67 is never anything but https, loopback or the page’s own origin', () => {
    const foreign = [
      'http://id.example',
      'javascript:alert(1)',
      'data:text/plain,x',
      'ftp://shop.example',
      'https://user:secret@id.example',
      'http://localhost.example',
      'https://',
    ];
    for (const endpoint of foreign) {
      assert.throws(
        () => at(endpoint),
        (error) => error instanceof IdVerifyError && error.code === 'blocked/endpoint',
        endpoint,
      );
    }
  });
});
