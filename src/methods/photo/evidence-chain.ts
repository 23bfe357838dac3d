/** The chain of a manifest's shots. Apart from its schemas, which the page has no use for. */
import { type Bytes, utf8 } from '../../wire/bytes.ts';
import type { CborInput } from '../../wire/cbor.ts';
import { sha256 } from '../../wire/sha256.ts';
import { writeCbor } from '../../wire/writer.ts';

/** `prev` of the first shot. */
export const chainStart = (photoId: string): Promise<Bytes> => sha256(utf8(photoId));

/**
 * What the next shot names as `prev`.
 * @param shot as it stands in the manifest: plain, or the map the reader returned
 */
export const shotHash = (shot: CborInput): Promise<Bytes> => sha256(writeCbor(shot));
