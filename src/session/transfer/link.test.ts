import { expect } from '@open-wc/testing';
import { TRANSFER_FRAGMENT } from '../../wire/contract.ts';
import { takeTransfer } from './link.ts';

const before = location.href;
afterEach(() => history.replaceState(null, '', before));

describe('a page that a phone arrives at', () => {
  const token = `${'a'.repeat(22)}.${'B-_0'.repeat(10)}abc`;

  it('takes the token once, and leaves neither address nor history with it', () => {
    const entries = history.length;
    history.replaceState({ page: 1 }, '', `?from=mail#${TRANSFER_FRAGMENT}=${token}`);
    expect(takeTransfer()).to.equal(token);
    expect(location.hash).to.equal('');
    expect(location.search).to.equal('?from=mail');
    expect(history.state).to.deep.equal({ page: 1 });
    expect(history.length).to.equal(entries);
    expect(takeTransfer()).to.equal(undefined);
  });

  it('leaves a fragment of the page’s own alone', () => {
    for (const hash of [
      '#chapter-2',
      `#${TRANSFER_FRAGMENT}`,
      `#x&${TRANSFER_FRAGMENT}=${token}`,
    ]) {
      history.replaceState(null, '', hash);
      expect(takeTransfer(), hash).to.equal(undefined);
      expect(location.hash).to.equal(hash);
    }
  });
});
