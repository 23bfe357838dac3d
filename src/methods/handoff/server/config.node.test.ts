/** What a card's certificate says, against the operator, and what a deployment may be set to. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { handoffOptions, operator, testProvider } from '../../../../test/handoff/phone.ts';
import { handoffSite } from '../../../../test/handoff/site.ts';
import { certify } from '../../../testing/issuer/x509.ts';
import { crlSource, directoryCrl } from '../../../verifier/index.ts';

const { root, cards } = operator.cards;

const DAY = 86_400_000;

const at = (days: number) => new Date(Date.now() + days * DAY);

describe('a deployment with cards does not start', () => {
  const refuses = (changes: Parameters<typeof handoffOptions>[0], code: string) =>
    assert.throws(() => handoffSite({ handoff: handoffOptions(changes) }), { code });

  it('with lists that have no address, or with nothing to ask', () => {
    const sources = [crlSource()];
    refuses({ revocation: { sources } }, 'config/revocation');
    refuses({ revocation: { sources, onUndetermined: 'accept' } }, 'config/revocation');
    refuses({ revocation: { sources: [] } }, 'config/revocation');
    for (const revocation of [
      { sources: [], onUndetermined: 'accept' },
      { sources: [crlSource(), directoryCrl(async () => operator.cards.crl())] },
    ] as const) {
      handoffSite({ handoff: handoffOptions({ revocation }) });
    }
  });

  it('with two providers of one id', () => {
    refuses({ providers: [testProvider(), testProvider()] }, 'config/provider');
  });

  it('with policies that are none, or with that of test cards beside real roots', () => {
    refuses({ policies: { 'jpki-mobile': ['no oid'] } }, 'config/option');
    const policies = { jpki: ['1.2.392.200149.8.5.1.0.20'] };
    handoffSite({ handoff: handoffOptions({ policies }) });
    const real = {
      url: 'https://shop.example/id-verify',
      providers: [{ ...testProvider(), environment: 'production' as const }],
      trustAnchors: operator.cards.roots.map(({ certificate }) => ({ certificate })),
    };
    refuses({ ...real, policies }, 'config/test_anchor');
    handoffSite({ handoff: handoffOptions(real) });
  });

  it('with a root of 利用者証明用 certificates among its roots, or with what is no root', () => {
    const authority = certify({
      subject: { C: 'JP', O: 'JPKI-TEST', OU: ['JPKI for user authentication'] },
      keys: root.keys,
      notBefore: at(-1),
      notAfter: at(9),
      extensions: { basicConstraints: { ca: true } },
    });
    for (const { certificate } of [authority, cards.good]) {
      const anchors = operator.cards.roots.map((one) => ({ ...one, test: true }));
      refuses({ trustAnchors: [...anchors, { certificate, test: true }] }, 'config/trust_anchor');
    }
  });
});
