import assert from 'node:assert/strict';
import { it } from 'node:test';
import { coreOf, NOW, openSession } from '../../test/verifier/core.ts';
import { jsonBytes } from './envelope.ts';
import { DAY, LIMITS } from './limits.ts';
import { verified } from './verified.ts';

const held = { seq: 3, method: 'wallet', key: 0, checks: [], crossDevice: true } as const;
const value = (claim: string, said: string | boolean) => ({
  name: `claim/${claim}`,
  value: jsonBytes(said),
  eraseAt: 0,
});

it('ends the session with what was accepted, each value until its time', () => {
  const { core, log } = coreOf();
  const values = [value('name', '番号　花子'), value('birth_date', '1990-01-01')];
  const session = openSession({ code: 'incomplete/disputed' });
  const { session: next, personal, images } = verified(core, session, held, values);
  assert.deepEqual([next.state, next.code, next.outcome?.evidenceSeq], ['done', undefined, 3]);
  assert.equal(next.outcome?.legalBasis, undefined);
  assert.deepEqual(
    personal?.map(({ eraseAt }) => eraseAt - NOW),
    [30 * DAY, LIMITS.result],
  );
  assert.equal(next.eraseAt, NOW + 30 * DAY);
  assert.equal(images, 'erase');
  assert.deepEqual(
    log.map(({ event }) => event),
    ['session.verified'],
  );
});

it('keeps pictures as long as is said, and the session with them', () => {
  const { core } = coreOf();
  const kept = { keep: ['a'], eraseAt: NOW + 90 * DAY };
  const { session, images } = verified(core, openSession(), held, [], kept);
  assert.equal(images, kept);
  assert.equal(session.eraseAt, kept.eraseAt);
});

it('names the clause where the profile has a law', () => {
  const { core } = coreOf();
  const [[id, profile] = ['', undefined]] = [...core.profiles];
  assert.ok(profile);
  const told = [
    value('name', 'x'),
    value('address', 'y'),
    value('birth_date', '1990-01-01'),
    value('portrait', 'z'),
  ];
  const lawful = { ...core, profiles: new Map([[id, { ...profile, law: 'jp-aml' } as const]]) };
  const { session } = verified(lawful, openSession(), held, told);
  assert.ok(session.outcome?.legalBasis);
});

it('refuses where a yes/no claim is not what the profile needs, and keeps nothing', () => {
  const { core, log } = coreOf();
  const session = openSession({ profile: 'adult' });
  assert.equal(verified(core, session, held, [value('age_over_20', true)]).session.state, 'done');
  const refused = verified(core, session, held, [value('age_over_20', false)]);
  assert.deepEqual([refused.session.state, refused.session.code], ['failed', 'policy/requirement']);
  assert.deepEqual([refused.personal, refused.images], [[], 'erase']);
  assert.equal(log.at(-1)?.event, 'session.refused');
});
