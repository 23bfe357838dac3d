import { type Fail, type Note, sentence } from '../trust/refusal.ts';
import { type Code, IdVerifyError } from '../wire/error.ts';
import { MDOC_CHECKS, type MdocCheck, type MdocCheckId } from './checks.ts';
import { partSentence } from './part-refusals.ts';
import { MDOC_REFUSALS, type MdocCode } from './refusals.ts';

/** A refused document: `code` is that of the first failed check, `checks` lists them all. */
export class MdocRefusedError extends IdVerifyError {
  readonly checks: readonly MdocCheck[];
  /** Every code of every check that did not pass. */
  readonly codes: readonly Code[];

  /** @param refusing the checks that refuse, without what is shown and tolerated */
  constructor(
    code: Code,
    checks: readonly MdocCheck[],
    codes: readonly Code[],
    refusing: readonly MdocCheckId[],
  ) {
    super(code, `DeviceResponse refused: ${refusing.join(', ')}`);
    this.checks = checks;
    this.codes = codes;
  }
}

interface Problem {
  readonly code: Code;
  readonly detail: string;
}

/** More of one check help nobody, and what a hostile document can fill reports with is bounded. */
const MAX_PROBLEMS = 20;

const NOT_REACHED: Problem = {
  code: 'undetermined/not_reached',
  detail: sentence(MDOC_REFUSALS['undetermined/not_reached'], {}),
};

/** Collects the outcomes of checks that each run to their end, whatever the others found. */
export class Report {
  readonly #problems = new Map<MdocCheckId, Problem[]>();
  readonly #ran = new Set<MdocCheckId>();
  readonly #tolerated = new Set<MdocCheckId>();
  readonly #notes = new Map<MdocCheckId, string[]>();

  /**
   * Runs one check. What it reports or throws is recorded; undefined comes back where it threw.
   * Only this project's own errors are verdicts: any other is a fault and goes up.
   */
  async run<T>(
    id: MdocCheckId,
    check: (fail: Fail<MdocCode>) => T | Promise<T>,
  ): Promise<T | undefined> {
    this.#ran.add(id);
    try {
      return await check(this.#failing(id));
    } catch (error) {
      if (!(error instanceof IdVerifyError)) throw error;
      this.#add(id, { code: error.code, detail: partSentence(error, MDOC_CHECKS[id].clause) });
      return undefined;
    }
  }

  /** Runs a check that needs `parts`, unless an earlier check did not deliver one. */
  async given<Parts extends object, T>(
    id: MdocCheckId,
    parts: Parts,
    check: (
      parts: { [Key in keyof Parts]-?: NonNullable<Parts[Key]> },
      fail: Fail<MdocCode>,
    ) => T | Promise<T>,
  ): Promise<T | undefined> {
    return isComplete(parts) ? this.run(id, (fail) => check(parts, fail)) : undefined;
  }

  #failing(id: MdocCheckId): Fail<MdocCode> {
    return (code, facts = {}) => {
      this.#add(id, { code, detail: sentence(MDOC_REFUSALS[code], facts) });
    };
  }

  /** What the operator is told beside the outcome of a check. */
  noting(id: MdocCheckId): Note {
    return (said) => this.#notes.set(id, [...(this.#notes.get(id) ?? []), said]);
  }

  /** `undetermined` problems of this check are shown but do not refuse. */
  tolerateUndetermined(id: MdocCheckId): void {
    this.#tolerated.add(id);
  }

  /** All checks in the order of the catalog. */
  checks(): MdocCheck[] {
    return (Object.keys(MDOC_CHECKS) as MdocCheckId[]).map((id) => {
      const problems = this.#ofCheck(id);
      const notes = this.#notes.get(id) ?? [];
      const [first] = problems;
      if (!first) {
        return { id, outcome: 'passed', ...(notes.length > 0 && { detail: notes.join(' ') }) };
      }
      const outcome = problems.every(isUndetermined) ? 'undetermined' : 'failed';
      const detail = [...problems.map((problem) => problem.detail), ...notes].join(' ');
      return { id, outcome, code: first.code, detail };
    });
  }

  /** @throws MdocRefusedError unless nothing speaks against the document */
  throwIfRefused(): void {
    const ids = Object.keys(MDOC_CHECKS) as MdocCheckId[];
    const refusing = ids.flatMap((id) =>
      this.#ofCheck(id)
        .filter((it) => !(this.#tolerated.has(id) && isUndetermined(it)))
        .map((it) => ({ ...it, id })),
    );
    // What failed explains more than what was not reached because of it.
    const cause = refusing.find((it) => !isUndetermined(it)) ?? refusing[0];
    if (cause) {
      const codes = new Set(ids.flatMap((id) => this.#ofCheck(id).map(({ code }) => code)));
      // A check that was not reached because of another did not refuse anything.
      const found = refusing.filter((it) => it.code !== NOT_REACHED.code || cause === it);
      const named = new Set(found.map(({ id }) => id));
      throw new MdocRefusedError(cause.code, this.checks(), [...codes], [...named]);
    }
  }

  /** A check has passed only if it ran and found nothing. */
  #ofCheck(id: MdocCheckId): Problem[] {
    return this.#problems.get(id) ?? (this.#ran.has(id) ? [] : [NOT_REACHED]);
  }

  /** Undetermined problems go last, so that a failure names the check. */
  #add(id: MdocCheckId, problem: Problem): void {
    const problems = this.#problems.get(id) ?? [];
    const [first] = problems;
    if (first && !isUndetermined(first) && problems.length >= MAX_PROBLEMS) return;
    const at = isUndetermined(problem)
      ? problems.length
      : problems.findLastIndex((it) => !isUndetermined(it)) + 1;
    this.#problems.set(id, problems.toSpliced(at, 0, problem));
  }
}

function isUndetermined({ code }: Problem): boolean {
  return code === 'undetermined' || code.startsWith('undetermined/');
}

function isComplete<Parts extends object>(
  parts: Parts,
): parts is Parts & { [Key in keyof Parts]-?: NonNullable<Parts[Key]> } {
  return Object.values(parts).every((part) => part !== undefined);
}
