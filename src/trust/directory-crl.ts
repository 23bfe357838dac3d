/**
 * Revocation lists in a directory, found by name and not by address: those of 公的個人認証, which only
 * a registered 署名検証者 or its operator may read. How they come here is theirs to say.
 */
import { IdVerifyError } from '../wire/error.ts';
import { functionSchema, parseOptions } from '../wire/option-schemas.ts';
import { judgeList, parseCrl } from './crl.ts';
import { directoryNames } from './distribution.ts';
import { distinguishedName, type Name } from './name.ts';
import type { RevocationSource } from './revocation.ts';

/** A place in the directory, as the certificate names it. It says where the person lives. */
export interface DirectoryPlace {
  /** RFC 4514, as LDAP takes it. */
  readonly name: string;
  /** The distinguished name, DER. */
  readonly encoded: Uint8Array;
}

/**
 * Asks for the list of the place a certificate names.
 * @param fetch gives the newest list, DER; it is called each time and may keep lists until they are
 *   stale. What it throws makes the check `undetermined`
 * @throws IdVerifyError `config/option`
 */
export function directoryCrl(
  fetch: (place: DirectoryPlace, signal: AbortSignal | undefined) => Promise<Uint8Array>,
): RevocationSource {
  const ask = parseOptions(functionSchema<typeof fetch>(), fetch);
  return async (input, fail) => {
    const { signer, signal } = input;
    // Never in a report: the place is the person's municipality.
    const where = 'the directory';
    const [name] = directoryNames(signer);
    if (name === undefined) {
      fail('undetermined/crl_unreachable', { where, found: 'no name of a list' });
      return;
    }
    let encoded: Uint8Array;
    try {
      encoded = await ask(placeOf(name), signal);
    } catch {
      signal?.throwIfAborted();
      fail('undetermined/crl_unreachable', { where });
      return;
    }
    try {
      await judgeList(parseCrl(encoded), input, where, fail);
    } catch (error) {
      if (!(error instanceof IdVerifyError)) throw error;
      fail('undetermined/crl_unreadable', { where, found: error.code });
    }
  };
}

const placeOf = (name: Name): DirectoryPlace => ({
  name: distinguishedName(name),
  encoded: name.encoded,
});
