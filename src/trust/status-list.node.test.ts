import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultCrypto } from '../crypto/node-crypto.ts';
import { createTestPki, issueStatusSigner } from '../testing/issuer/pki.ts';
import {
  identifierListCwt,
  STATUS,
  statusListCwt,
  statusListJwt,
} from '../testing/issuer/status.ts';
import { parseCertificate } from './certificate.ts';
import { type StatusListOptions, statusListSource } from './status-list.ts';

const NOW = Date.parse('2026-11-30T12:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LIST = 'https://issuer.test.invalid/status';
const pki = createTestPki();

interface Plan {
  /** Hours from now. */
  iat: number;
  exp?: number;
  /** Hours. */
  ttl?: number;
  revoked?: boolean;
  signer?: typeof pki.statusSigner;
}

/** The three forms of a list, each with one document that may be revoked. */
const FORMS = {
  'status list as CWT': (plan: Plan) => statusListCwt({ ...common(plan), ...statuses(plan) }),
  'status list as JWT': (plan: Plan) => statusListJwt({ ...common(plan), ...statuses(plan) }),
  'identifier list': (plan: Plan) =>
    identifierListCwt({
      ...common(plan),
      identifiers: plan.revoked ? [Uint8Array.of(7)] : [Uint8Array.of(8)],
    }),
} as const;

const common = ({ iat, exp, ttl, signer = pki.statusSigner }: Plan) => ({
  signer,
  uri: LIST,
  issuedAt: new Date(NOW + iat * HOUR),
  ...(exp !== undefined && { expiresAt: new Date(NOW + exp * HOUR) }),
  ...(ttl !== undefined && { ttl: ttl * 3600 }),
});
const statuses = ({ revoked }: Plan) => ({ statuses: revoked ? { 5: STATUS.invalid } : {} });

/** A source and the server behind it; `serve` answers from now on, undefined for not at all. */
function source(form: keyof typeof FORMS, options: StatusListOptions = {}) {
  let served: Plan | undefined;
  let fetched = 0;
  const ask = statusListSource({
    ...options,
    fetch: async () => {
      fetched++;
      if (served === undefined) throw new Error('no connection');
      return new Response(FORMS[form](served) as BodyInit);
    },
  });
  const name = form === 'identifier list' ? 'identifier_list' : 'status_list';
  const entry = new Map<string, unknown>([
    ['uri', LIST],
    form === 'identifier list' ? ['id', Uint8Array.of(7)] : ['idx', 5],
  ]);
  return {
    get fetched() {
      return fetched;
    },
    serve(plan: Plan | undefined) {
      served = plan;
    },
    /** @param hours from now */
    async at(hours: number, more: { tolerance?: number; note?: (said: string) => void } = {}) {
      const problems: string[] = [];
      const input = {
        signer: parseCertificate(pki.signer.certificate),
        anchor: parseCertificate(pki.iaca.certificate),
        status: new Map([[name, entry]]),
        now: NOW + hours * HOUR,
        crypto: defaultCrypto(),
        ...more,
      };
      await ask(input, (code) => problems.push(code));
      return problems;
    },
  };
}

for (const form of Object.keys(FORMS) as (keyof typeof FORMS)[]) {
  describe(`how long a list is good: ${form}`, () => {
    it('ttl says when to fetch again, not when it is void', async () => {
      const list = source(form);
      list.serve({ iat: -13, ttl: 12, exp: 7 * 24 });
      assert.deepEqual(await list.at(0), []);
      assert.deepEqual(await list.at(11.9), []);
      assert.equal(list.fetched, 1);
      assert.deepEqual(await list.at(12), []);
      assert.equal(list.fetched, 2, 'twelve hours after it was fetched');
      list.serve(undefined);
      assert.deepEqual(await list.at(30), [], 'a newer one cannot be had, this one still speaks');
      assert.deepEqual(await list.at(7 * 24), ['undetermined/status_unreachable']);
    });

    it('exp voids it', async () => {
      const list = source(form);
      list.serve({ iat: -2, ttl: 12, exp: -0.01 });
      assert.deepEqual(await list.at(0), ['undetermined/status_stale']);
    });

    it('without exp, seven days after its iat do, however lately it was fetched', async () => {
      for (const ttl of [undefined, 1, 24 * 365]) {
        const list = source(form);
        list.serve({ iat: -7 * 24 + 1, ...(ttl && { ttl }) });
        assert.deepEqual(await list.at(0), []);
        assert.deepEqual(await list.at(1), ['undetermined/status_stale']);
      }
    });

    it('maxAgeMs shortens or lengthens that, and caps a far exp', async () => {
      const month = source(form, { maxAgeMs: 30 * DAY });
      month.serve({ iat: -29 * 24 });
      assert.deepEqual(await month.at(0), []);
      assert.deepEqual(await month.at(24), ['undetermined/status_stale']);
      const day = source(form, { maxAgeMs: DAY });
      day.serve({ iat: -23, exp: 365 * 24 });
      assert.deepEqual(await day.at(0), []);
      assert.deepEqual(await day.at(1), ['undetermined/status_stale']);
      const near = source(form, { maxAgeMs: 30 * DAY });
      near.serve({ iat: -23, exp: 1 });
      assert.deepEqual(await near.at(1), ['undetermined/status_stale']);
      for (const maxAgeMs of [0, -1, 1.5, Number.NaN, '1' as never]) {
        assert.throws(() => statusListSource({ maxAgeMs }), { code: 'config/option' });
      }
    });

    it('with neither exp nor ttl it is fetched at each use', async () => {
      const list = source(form);
      list.serve({ iat: -1 });
      for (const times of [1, 2, 3]) {
        assert.deepEqual(await list.at(0), []);
        assert.equal(list.fetched, times);
      }
      list.serve({ iat: -0.5, revoked: true });
      assert.deepEqual(await list.at(0), ['revoked/document']);
      list.serve(undefined);
      assert.deepEqual(await list.at(0), ['undetermined/status_unreachable']);
    });

    it('the one from before a revocation does not bring the document back', async () => {
      for (const plan of [{ ttl: 1 }, { ttl: 1, exp: 48 }, {}]) {
        const list = source(form);
        list.serve({ iat: -1, revoked: true, ...plan });
        assert.deepEqual(await list.at(0), ['revoked/document']);
        list.serve({ iat: -2, ...plan });
        assert.deepEqual(await list.at(2), ['revoked/document']);
      }
      // Nor, to a server that has just started, for longer than a list may be old.
      const fresh = source(form);
      fresh.serve({ iat: -8 * 24, ttl: 1 });
      assert.deepEqual(await fresh.at(0), ['undetermined/status_stale']);
    });

    it('one that nobody trusted signed does not take the place of a good one', async () => {
      const list = source(form);
      list.serve({ iat: -1, ttl: 1, exp: 48 });
      assert.deepEqual(await list.at(0), []);
      const stranger = issueStatusSigner(createTestPki().iaca);
      list.serve({ iat: 0, ttl: 24, exp: 48, revoked: true, signer: stranger });
      assert.deepEqual(await list.at(2), []);
      const unseen = source(form);
      unseen.serve({ iat: 0, exp: 48, signer: stranger });
      assert.deepEqual(await unseen.at(0), ['undetermined/status_signature']);
      unseen.serve({ iat: -1, exp: 48 });
      assert.deepEqual(await unseen.at(0), [], 'and is asked for again');
    });

    it('a clock that is ahead is tolerated for iat, and said', async () => {
      const list = source(form);
      list.serve({ iat: 30 / 3600, exp: 1 });
      const said: string[] = [];
      const more = { tolerance: 60_000, note: (it: string) => said.push(it) };
      assert.deepEqual(await list.at(0, more), []);
      assert.match(said.join(), /iat of the status list is 30 s ahead/);
      assert.deepEqual(await list.at(0), ['undetermined/status_stale']);
      assert.deepEqual(await list.at(1, more), ['undetermined/status_stale']);
    });
  });
}
