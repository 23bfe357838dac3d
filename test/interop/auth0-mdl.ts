/** @auth0/mdl as a second opinion on what the test issuer makes. */
import { Verifier } from '@auth0/mdl';
import { encode } from '../../src/testing/issuer/cbor.ts';
import { embeddedBytes } from '../../src/testing/issuer/cose.ts';
import { pem } from '../../src/testing/issuer/x509.ts';

/** @throws when @auth0/mdl refuses the response */
export async function verifyByAuth0(
  response: Uint8Array,
  sessionTranscript: Uint8Array,
  roots: readonly Uint8Array[],
  ephemeralReaderKey?: Uint8Array,
): Promise<Map<string, unknown>> {
  const verifier = new Verifier(roots.map((root) => pem('CERTIFICATE', root)));
  const { documents } = await verifier.verify(response, {
    // It takes the transcript in its tag-24 form.
    encodedSessionTranscript: encode(embeddedBytes(sessionTranscript)),
    ...(ephemeralReaderKey && { ephemeralReaderKey }),
  });
  const [document] = documents;
  const nameSpaces = document ? document.issuerSignedNameSpaces : [];
  return new Map(
    nameSpaces.flatMap((name) => Object.entries(document?.getIssuerNameSpace(name) ?? {})),
  );
}
