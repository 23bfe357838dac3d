/**
 * `npm run mutate`: changes the sources, one small thing at a time, and counts how many changes the
 * tests notice. By hand; a room takes up to an hour on two cores, a second run only what changed.
 *
 *     npm run mutate -- --room wire --room crypto     rooms; without any, all of them
 *     npm run mutate -- --room wire --file src/wire/reader.ts
 */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installBeside } from '../install-beside.ts';
import {
  MUTATION_ROOMS,
  type MutationRoom,
  type MutationRoomName,
  REFUSING_CALLS,
  SENTENCES,
} from './rooms.ts';

const FOLDER = 'test/mutation';
/** Reports and what was learned in earlier runs; not kept in the repository. */
const REPORTS = join(FOLDER, 'reports');

interface Mutant {
  readonly id: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status: string;
  readonly location: { readonly start: { readonly line: number } };
}
interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly Mutant[] }>>;
}

const { values } = parseArgs({
  options: {
    room: { type: 'string', multiple: true },
    file: { type: 'string', multiple: true },
  },
});

const names = Object.keys(MUTATION_ROOMS) as MutationRoomName[];
const chosen = names.filter((name) => values.room?.includes(name) ?? true);
const unknown = values.room?.find((name) => !names.some((known) => known === name));
if (unknown !== undefined) throw new Error(`no room ${unknown}; there are ${names.join(', ')}`);

/** The sources of a room that count. */
function sourcesOf({ files }: MutationRoom): string[] {
  return globSync([...files])
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !/\.(test|helper)\.ts$/.test(file))
    .filter((file) => !SENTENCES.some((table) => table === file))
    .filter((file) => values.file?.includes(file) ?? true);
}

function mutate(name: MutationRoomName): Report | undefined {
  const room = MUTATION_ROOMS[name];
  const report = join(REPORTS, `${name}.json`);
  const config = join(REPORTS, `${name}.config.json`);
  mkdirSync(REPORTS, { recursive: true });
  const settings = {
    testRunner: 'tap',
    plugins: ['@stryker-mutator/tap-runner', `${process.cwd()}/${FOLDER}/sentences.js`],
    ignorers: ['sentences'],
    tap: {
      testFiles: globSync([...room.tests]),
      nodeArgs: ['--test-reporter=tap', '-r', '{{hookFile}}', '{{testFile}}'],
    },
    mutate: sourcesOf(room),
    coverageAnalysis: 'perTest',
    incremental: true,
    incrementalFile: join(REPORTS, `${name}.incremental.json`),
    tempDirName: join(REPORTS, 'sandbox'),
    ignorePatterns: ['dist', 'demo/docs', '**/reports'],
    concurrency: 2,
    timeoutMS: 10_000,
    reporters: ['json', 'progress-append-only'],
    jsonReporter: { fileName: report },
    // It would rewrite this file with an interface that TypeScript 7 no longer has.
    tsconfigFile: join(REPORTS, 'none.json'),
    disableTypeChecks: false,
    allowEmpty: true,
  };
  writeFileSync(config, JSON.stringify(settings, null, 2));
  const { status } = spawnSync(join(FOLDER, 'node_modules/.bin/stryker'), ['run', config], {
    stdio: 'inherit',
  });
  if (status !== 0 || !existsSync(report)) return undefined;
  return JSON.parse(readFileSync(report, 'utf8')) as Report;
}

function print(name: MutationRoomName, report: Report): void {
  const all = Object.entries(report.files).flatMap(([file, { mutants }]) =>
    mutants.map((mutant) => ({ file, ...mutant })),
  );
  const count = (...statuses: string[]) => all.filter((it) => statuses.includes(it.status)).length;
  const killed = count('Killed', 'Timeout');
  const alive = count('Survived', 'NoCoverage');
  for (const { file, status, location, mutatorName, replacement } of all) {
    if (status === 'Survived' || status === 'NoCoverage') {
      console.log(`  ${file}:${location.start.line} ${mutatorName} → ${replacement} (${status})`);
    }
  }
  const score = killed + alive === 0 ? 0 : (100 * killed) / (killed + alive);
  console.log(`${name}: ${score.toFixed(1)} %, ${killed} killed, ${alive} survived`);
}

installBeside(FOLDER);
console.log(`Left out, as sentences for people: ${SENTENCES.join(', ')};`);
console.log(
  `and in all files the sentence in a call of ${Object.keys(REFUSING_CALLS).join(', ')}.`,
);
for (const name of chosen) {
  const report = mutate(name);
  if (report) print(name, report);
  else {
    console.error(`${name}: did not run to its end`);
    process.exitCode = 1;
  }
}
