/** All component tests run without interfaces younger than the browsers that are served. */
import { expect } from '@open-wc/testing';

it('what the oldest browsers lack is not here', () => {
  expect('any' in AbortSignal).to.equal(false);
  expect('canParse' in URL).to.equal(false);
  expect('union' in Set.prototype).to.equal(false);
});
