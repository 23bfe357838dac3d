/** The simulated operator's word: a JWS over what was read, about what transaction, for whom. */
import { SignJWT } from 'jose';
import { base64url, digest, utf8 } from '../issuer/bytes.ts';
import { randomBytes } from '../issuer/entropy.ts';
import { PERSONS } from '../issuer/persons.ts';
import type { Identity } from '../issuer/x509.ts';
import { type CardMaker, signWith } from './card.ts';
import { isSigning, type PhoneSession } from './session.ts';

const sha256 = (text: string): string => base64url(digest('SHA-256', utf8(text)));

const ES256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;

export interface Signer {
  jwks(): Promise<object>;
  finalize(session: PhoneSession): Promise<object>;
}

export function createSigner(cards: CardMaker, clientId: string, now: () => number): Signer {
  const keys = crypto.subtle.generateKey(ES256, false, ['sign', 'verify']);
  return {
    async jwks() {
      const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', (await keys).publicKey);
      return { keys: [{ kty, crv, x, y, alg: 'ES256', use: 'sig', kid: '1' }] };
    },
    async finalize(session) {
      const { order, id } = session;
      const attributes = attributesOf(order.attributes);
      const statement = await new SignJWT({
        session_id: id,
        nonce: order.nonce,
        rung: order.rung,
        transaction_digest: sha256(order.statement),
        attributes_digest: sha256(attributes),
        ...(isSigning(session)
          ? { certificate_status: { status: 'good', at: now() } }
          : { document: 'my_number_card', face: 'matched' }),
      })
        .setProtectedHeader({ alg: 'ES256', kid: '1', typ: 'transaction-statement+jwt' })
        .setIssuer('https://operator.test.invalid')
        .setAudience(clientId)
        .setIssuedAt()
        .sign((await keys).privateKey);
      if (!isSigning(session)) return { statement, attributes };
      const card = cardOf(cards, session);
      return {
        statement,
        attributes,
        signature: base64url(signWith(card, order.statement)),
        certificate: base64url(card.certificate),
      };
    },
  };
}

const cardOf = (cards: CardMaker, { order, card }: PhoneSession): Identity =>
  (order.rung === 'jpki-mobile' ? cards.phones : cards.cards)[card];

/** What the card says of its holder, as far as it was asked; salted, because its digest is published. */
function attributesOf(asked: readonly string[]): string {
  const { name, address, birthDate, sex } = PERSONS.hanako;
  const known: Readonly<Record<string, string>> = {
    name: name.join('　'),
    address,
    birth_date: birthDate,
    sex: sex === 2 ? 'female' : 'male',
  };
  const wanted = asked.map((claim) => (/^age_/.test(claim) ? 'birth_date' : claim));
  const told = Object.entries(known).filter(([claim]) => wanted.includes(claim));
  return JSON.stringify({ salt: base64url(randomBytes(32)), ...Object.fromEntries(told) });
}
