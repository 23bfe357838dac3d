import { expect } from '@open-wc/testing';
import { toHex } from './bytes.ts';
import { type Embedded, Tagged } from './cbor.ts';
import { MDOC_RULES } from './cbor-rules.ts';
import { envelopeHash, parseEnvelope, sealEnvelope } from './envelope.ts';
import { readCbor } from './reader.ts';
import { embed, writeCbor } from './writer.ts';

describe('the wire in this browser', () => {
  it('seals with a key that cannot leave, and takes apart what it sealed', async () => {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
    const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, false, [
      'sign',
      'verify',
    ]);
    const challenge = crypto.getRandomValues(new Uint8Array(32));
    const sealed = await sealEnvelope(
      {
        v: 1,
        sid: 'session',
        challenge,
        aud: 'https://verifier.example',
        origin: location.origin,
        method: 'wallet',
        seq: 0,
        prev: await envelopeHash(challenge),
        at: Date.now(),
        widget: '0.1.0',
        body: { name: '氏名', data: new Uint8Array(12_000), large: 2 ** 40 },
      },
      async (bytes) => new Uint8Array(await crypto.subtle.sign(algorithm, privateKey, bytes)),
    );
    const { payload, toBeSigned, signature } = parseEnvelope(sealed);
    expect(await crypto.subtle.verify(algorithm, publicKey, signature, toBeSigned)).to.equal(true);
    expect(payload.challenge).to.deep.equal(challenge);
    const body = payload.body as Map<string, unknown>;
    expect(body.get('name')).to.equal('氏名');
    expect(body.get('large')).to.equal(2 ** 40);
  });

  it('reads tags, long text and wide heads as Node does', () => {
    const text = 'x氏名😀'.repeat(40);
    const bytes = writeCbor([new Tagged(0, text), embed(Uint8Array.of(0xf6)), -1, text]);
    const [date, embedded, integer, after] = readCbor(bytes, MDOC_RULES) as [
      Tagged,
      Embedded,
      number,
      string,
    ];
    expect(date.value).to.equal(text);
    expect(toHex(embedded.encoded)).to.equal('d81841f6');
    expect([integer, after]).to.deep.equal([-1, text]);
  });
});
