import assert from 'node:assert/strict';
import { test } from 'node:test';
import { children, readDer, TAG } from '../crypto/der.ts';
import * as der from '../testing/issuer/der.ts';
import { issueIaca } from '../testing/issuer/pki.ts';
import { nameDer } from '../testing/issuer/x509.ts';
import { parseCertificate } from './certificate.ts';
import { directoryNames, isListFor } from './distribution.ts';
import { nameText } from './name.ts';

const directory = (name: string) => der.context(4, nameDer({ CN: name }));
const address = der.contextPrimitive(6, new TextEncoder().encode('https://a.test'));
const point = (...names: Uint8Array[]) => der.sequence(der.context(0, der.context(0, ...names)));
const certificate = (...points: Uint8Array[]) => {
  const other = { '2.5.29.31': { critical: false, value: der.sequence(...points) } };
  const extensions = { crlDistributionPoint: undefined, other };
  return parseCertificate(issueIaca({ curve: 'P-256', extensions }).certificate);
};

test('places in a directory are those of any point, addresses are none', () => {
  const found = certificate(point(address), point(directory('one')), point(directory('two')));
  assert.deepEqual(directoryNames(found).map(nameText), ['one', 'two']);
  const extensions = { crlDistributionPoint: undefined };
  const bare = parseCertificate(issueIaca({ curve: 'P-256', extensions }).certificate);
  assert.deepEqual(directoryNames(bare), []);
});

test('a list of some certificates is that of one whose point it names', () => {
  const scope = (...names: Uint8Array[]) => children(readDer(der.sequence(...names), TAG.sequence));
  const one = certificate(point(directory('one')));
  assert.equal(isListFor(one, scope(directory('two'), directory('one'))), true);
  assert.equal(isListFor(one, scope(directory('two'))), false);
  assert.equal(isListFor(one, []), false);
});
