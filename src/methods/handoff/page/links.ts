/** Which links may be shown: a QR code is followed by another device, where nobody reads it first. */
import { IdVerifyError } from '../../../wire/error.ts';
import { link } from '../../../wire/opening.ts';
import { is } from '../../../wire/schema.ts';
import { deviceLink } from '../../../wire/session.ts';
import type { SessionView } from '../../../wire/status.ts';

/**
 * In the test environment alone it may lead to an address of a private network.
 * @throws IdVerifyError `blocked/link`
 */
export function requireOpenable(address: string | undefined, { environment }: SessionView): void {
  if (address && !is(environment === 'test' ? deviceLink : link, address)) {
    throw new IdVerifyError('blocked/link', 'a link that is neither https nor loopback');
  }
}
