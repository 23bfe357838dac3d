import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DOCUMENTS } from './documents.ts';
import { dotsPerInch } from './resolution.ts';

const CARD = DOCUMENTS['driving-licence'];
/** A card of so many pixels, its top left corner somewhere. */
const quad = (across: number, down: number) => [
  90,
  40,
  90 + across,
  40,
  90 + across,
  40 + down,
  90,
  40 + down,
];

test('674 pixels over a card are 200 dpi, wherever it lies', () => {
  assert.ok(Math.abs(dotsPerInch(quad(674, 425), CARD, false) - 200) < 0.5);
});

test('what is foreshortened counts by its fewer pixels, unless it is slanted on purpose', () => {
  assert.ok(dotsPerInch(quad(674, 300), CARD, false) < 145);
  assert.ok(Math.abs(dotsPerInch(quad(674, 300), CARD, true) - 200) < 0.5);
});

test('a passport’s page needs more pixels for as many', () => {
  assert.ok(dotsPerInch(quad(674, 474), DOCUMENTS.passport, false) < 140);
});
