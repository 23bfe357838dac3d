/** What an operator sets for the wallet rung: per profile, and once per deployment. */
import type { RevocationPolicy } from '../../trust/revocation.ts';
import type { WalletProtocol } from '../../wire/contract.ts';
import type { DocType } from './doctypes.ts';

/** `profile.methods.wallet` */
export interface WalletSettings {
  readonly docType: DocType;
  /**
   * Offered in one call, in this order. Default: `org-iso-mdoc` and `openid4vp-v1-signed` with a
   * reader key, their unsigned forms (where allowed) without.
   */
  readonly protocols?: readonly [WalletProtocol, ...WalletProtocol[]];
  /** DeviceRequest version. 1.1 carries `readerAuthAll`, 1.0 one `readerAuth` per document. */
  readonly deviceRequestVersion?: '1.0' | '1.1';
  /**
   * Offers requests nobody signed, which script on the page can alter unseen. Recorded in the
   * checks of every result.
   */
  readonly allowUnsigned?: true;
}

/** A certificate a wallet knows the site by, and its key. */
export interface ReaderIdentity {
  /** PEM, the site's own certificate first; the root stays out. */
  readonly certificates: string;
  /** PKCS #8 PEM of a P-256 key, or a signer that holds it: ES256 over the bytes, r‖s. */
  readonly key: string | ((data: Uint8Array) => Promise<Uint8Array>);
  /**
   * What it signs: each wallet knows readers of its own authority only, and takes its own protocol.
   * Default: everything.
   */
  readonly protocols?: readonly WalletProtocol[];
  /**
   * How signed OpenID4VP requests name it: by the hash of its certificate (HAIP 1.0 demands it), or by
   * the page's host, which the certificate must then hold. Default `x509_hash`.
   */
  readonly clientIdPrefix?: 'x509_hash' | 'x509_san_dns';
  /**
   * Further members of `client_metadata` in its requests, for example `gw_rp_metadata_bytes`, which
   * Google Wallet's registrar makes.
   */
  readonly clientMetadata?: Readonly<Record<string, unknown>>;
}

/** Roots of the authorities that issue one type of document. */
export interface TrustAnchors {
  /** One that no profile asks for is not used, so that a list of authorities can be given whole. */
  readonly docType: string;
  /** DER. */
  readonly certificates: readonly Uint8Array[];
  /** Extended key usages that make a document signer of these roots. Default: `1.0.18013.5.1.2`. */
  readonly signerPurposes?: readonly string[];
  /** Accepts roots that set no pathLenConstraint, as some authorities issue them. */
  readonly allowUnboundedPath?: true;
  /** Roots of a test issuer: loopback origins only, never beside real ones. */
  readonly test?: true;
}

/** `options.wallet` */
export interface WalletOptions {
  readonly trustAnchors: readonly TrustAnchors[];
  /** The first for a protocol signs it; `openid4vp-v1-multisigned` is signed by each. */
  readonly readers?: readonly ReaderIdentity[];
  /** Without it nothing is said about revocation, and the checks say so. */
  readonly revocation?: RevocationPolicy;
  /**
   * Seconds by which an issuer's clock may be ahead of this one, for beginnings only. Default 60, at
   * most 300.
   */
  readonly clockToleranceSeconds?: number;
}
