/** Words that are put together, whatever screen shows them: labels, lists, failures. */

/** Names of what can be asked. */
export interface ClaimWords {
  readonly claims: Readonly<Record<string, string>>;
  readonly ageOver: (age: number) => string;
}

/** How a list is joined, and how long something is kept. */
export interface ConsentWords {
  readonly consent: {
    readonly list: string;
    readonly comma: string;
    readonly keptYears: (years: number) => string;
    readonly keptDays: (days: number) => string;
    readonly notKept: string;
  };
}

/** A refusal or a mishap in the person's words. */
export interface FailureWords {
  readonly heading: string;
  readonly text: string;
  /** Advice set apart from the text, for example where to renew a card. */
  readonly note?: string;
  /** The same method again is the likelier way on. */
  readonly again?: true;
}
