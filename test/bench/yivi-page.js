/** A site's page with Yivi's client, which notes when it was in which state. */
import { YiviClient } from '@privacybydesign/yivi-client';
import { YiviCore } from '@privacybydesign/yivi-core';

class Notes {
  /** @param {{ newState: string }} change */
  stateChange({ newState }) {
    Reflect.set(window, newState, performance.timeOrigin + performance.now());
  }
}

const yivi = new YiviCore({
  session: { url: '/yivi' },
  ...(location.search === '?poll' && { state: { serverSentEvents: false } }),
});
yivi.use(YiviClient);
yivi.use(Notes);
yivi.start();
