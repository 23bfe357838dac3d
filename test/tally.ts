/** What a run came to. Every part of the tests answers with one, and they are added up at the end. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Of those passed, how many did so in a second run only. */
  readonly again: number;
}

export const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0, again: 0 };

export function add(a: Tally, b: Tally): Tally {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    again: a.again + b.again,
  };
}

/** The line before the closing one. */
export const secondRuns = ({ again }: Tally): string => `${again} needed a second run`;

/** The closing line of a run. */
export function summary({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** A run that tested nothing has not passed. */
export function succeeded({ passed, failed }: Tally): boolean {
  return failed === 0 && passed > 0;
}

/**
 * A first run in which some files failed, and the second run of these. What passed in the second
 * counts as passed there; a file that is missing in it has failed.
 */
export function withSecondRun(
  first: Readonly<Record<string, Tally>>,
  again: readonly string[],
  second: Readonly<Record<string, Tally>>,
): Tally {
  const passed = Object.entries(first).filter(([file]) => !again.includes(file));
  const repeated = again.map((file): Tally => {
    const tally = second[file] ?? { ...NOTHING, failed: 1 };
    return tally.failed > 0 ? tally : { ...tally, again: first[file]?.failed ?? 1 };
  });
  return [...passed.map(([, tally]) => tally), ...repeated].reduce(add, NOTHING);
}

/** The part of a @web/test-runner suite that counting needs. */
interface Suite {
  readonly suites: readonly Suite[];
  readonly tests: readonly { readonly passed: boolean; readonly skipped: boolean }[];
}

interface Session {
  readonly passed?: boolean | undefined;
  readonly testResults?: Suite | undefined;
}

/** One test file in one browser. A file that did not pass and shows no failure is itself a failure. */
export function tallySession({ passed, testResults }: Session): Tally {
  const counted = testResults ? tallySuite(testResults) : NOTHING;
  return passed || counted.failed > 0 ? counted : add(counted, { ...NOTHING, failed: 1 });
}

function tallySuite({ suites, tests }: Suite): Tally {
  const own = {
    passed: tests.filter((test) => test.passed && !test.skipped).length,
    failed: tests.filter((test) => !test.passed && !test.skipped).length,
    skipped: tests.filter((test) => test.skipped).length,
    again: 0,
  };
  return suites.map(tallySuite).reduce(add, own);
}
