/**
 * Stops the clock of this thread, for every library in it: what is dated now and made from a seed can
 * then be made again, and judged alike, at any time.
 */
export const NOW = Date.parse('2026-11-22T12:00:00Z');

const RunningDate = Date;

globalThis.Date = class StoppedDate extends RunningDate {
  constructor(...given: [] | [number | string | Date]) {
    super(...((given.length === 0 ? [NOW] : given) as [number]));
  }

  static override now(): number {
    return NOW;
  }
} as DateConstructor;
