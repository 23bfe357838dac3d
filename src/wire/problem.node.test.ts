import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusal } from '../../test/refusal.ts';
import { openBody, problem, text } from './contract.ts';
import { CATEGORIES, IdVerifyError } from './error.ts';
import { parseAs } from './parse.ts';
import { fromProblem, toProblem } from './problem.ts';
import * as v from './schema.ts';

test('every category has a status, and comes back as the same code', () => {
  for (const category of CATEGORIES) {
    const sent = toProblem(new IdVerifyError(`${category}/some_case`, 'a reason'));
    assert.ok(sent.status >= 400 && sent.status < 600);
    assert.equal(v.is(problem, sent), true);
    const back = fromProblem(JSON.parse(JSON.stringify(sent)));
    assert.equal(back?.code, `${category}/some_case`);
    assert.equal(back?.message, 'a reason');
  }
});

test('sessions answer by what is wrong with them', () => {
  const status = (code: `session/${string}`) => toProblem(new IdVerifyError(code, '')).status;
  assert.equal(status('session/token'), 401);
  assert.equal(status('session/unknown'), 404);
  assert.equal(status('session/conflict'), 409);
  assert.equal(status('session/expired'), 410);
});

test('an unexpected error says nothing about itself', () => {
  const sent = toProblem(new Error('山田太郎'));
  assert.deepEqual(sent, { title: 'Internal error', status: 500, code: 'undetermined/internal' });
});

test('what is not a problem of ours is not taken for one', () => {
  for (const input of ['<html>', null, {}, { title: 'x', status: 500, code: 'weird/thing' }]) {
    assert.equal(fromProblem(input), undefined);
  }
});

test('a message of the wrong shape is refused by side, without repeating it', () => {
  assert.deepEqual(parseAs(openBody, { profile: 'identity' }, 'malformed/request'), {
    profile: 'identity',
  });
  const secret = '山田太郎';
  const bad = [
    { profile: secret },
    { profile: 'identity', [secret]: 1 },
    { profile: 'identity', methods: [secret] },
    secret,
    undefined,
  ];
  for (const input of bad) {
    assert.equal(
      refusal(() => parseAs(openBody, input, 'malformed/request')),
      'malformed/request',
    );
    assert.equal(
      refusal(() => parseAs(openBody, input, 'blocked/answer')),
      'blocked/answer',
    );
    assert.throws(
      () => parseAs(openBody, input, 'malformed/request'),
      (error: Error) => !error.message.includes(secret),
    );
  }
  assert.throws(
    () => parseAs(text, { ja: 'x', [secret]: secret }, 'malformed'),
    (error: Error) => !error.message.includes(secret),
  );
  assert.throws(
    () => parseAs(openBody, { profile: 'a', methods: ['x'] }, 'malformed/request'),
    /at methods\.0$/,
  );
});
