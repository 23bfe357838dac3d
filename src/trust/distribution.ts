/** Where a certificate says that its revocation list is: cRLDistributionPoints, RFC 5280 4.2.1.13. */
import { children, type DerNode, readDer, TAG } from '../crypto/der.ts';
import { equalBytes } from '../wire/bytes.ts';
import type { Certificate } from './certificate.ts';
import { EXTENSION } from './extensions.ts';
import { type Name, readName } from './name.ts';

const FULL_NAME = 0xa0;
const DIRECTORY_NAME = 0xa4;

/** GeneralNames of the full names in the points of a certificate. */
function pointNames({ extensions }: Certificate): DerNode[] {
  const points = extensions.get(EXTENSION.crlDistributionPoints);
  return points ? children(readDer(points.value, TAG.sequence)).flatMap(fullNames) : [];
}

/** Of a DistributionPoint, and of an IssuingDistributionPoint, which begins alike. */
export const fullNames = (point: DerNode): DerNode[] =>
  children(point)
    .filter(({ tag }) => tag === 0xa0)
    .flatMap(children)
    .filter(({ tag }) => tag === FULL_NAME)
    .flatMap(children);

/** Places in a directory; there is no address to fetch them from. */
export const directoryNames = (certificate: Certificate): Name[] =>
  pointNames(certificate)
    .filter(({ tag }) => tag === DIRECTORY_NAME)
    .map((name) => readName(children(name)[0]));

/** Whether a list for some certificates only is the one for this certificate. */
export const isListFor = (certificate: Certificate, scope: readonly DerNode[]): boolean =>
  pointNames(certificate).some((name) =>
    scope.some((other) => equalBytes(name.encoded, other.encoded)),
  );
