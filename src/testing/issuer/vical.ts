/** VICAL, the list of issuing authorities a provider vouches for (ISO/IEC 18013-5 Annex C). */
import type { Bytes } from './bytes.ts';
import { type Cbor, encode, tag, tdate } from './cbor.ts';
import { sign1, x5chain } from './cose.ts';
import { contentOf } from './der.ts';
import { type Identity, keyId, publicKeyOf, serialNumber } from './x509.ts';

export interface VicalPlan {
  /** Its certificate has the extended key usage `EKU.vicalSigner`. */
  signer: Identity;
  date: Date;
  nextUpdate?: Date | undefined;
  /** Grows with every issue. */
  issueId?: number | undefined;
  authorities: readonly { certificate: Uint8Array; docTypes: readonly string[] }[];
  /** Changes the list before it is signed. */
  edit?: (vical: Record<string, Cbor>) => Cbor;
}

/** A signed list: COSE_Sign1 without a tag. */
export function vical({ signer, date, nextUpdate, issueId, authorities, edit }: VicalPlan): Bytes {
  const list: Record<string, Cbor> = {
    version: '1.0',
    vicalProvider: 'TEST VICAL provider',
    date: tdate(date),
    ...(issueId !== undefined && { vicalIssueID: issueId }),
    ...(nextUpdate && { nextUpdate: tdate(nextUpdate) }),
    certificateInfos: authorities.map(({ certificate, docTypes }) => ({
      certificate,
      serialNumber: tag(2, contentOf(serialNumber(certificate))),
      ski: keyId(publicKeyOf(certificate)),
      docType: docTypes,
    })),
  };
  const payload = encode(edit?.(list) ?? list);
  return encode(sign1({ keys: signer.keys, payload, unprotected: x5chain(signer.certificate) }));
}
