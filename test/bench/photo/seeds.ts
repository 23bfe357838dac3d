/** Thresholds and weights were chosen on these scenes … */
export const TUNING_SEEDS = ['11', '12', '201 to 220', '301 to 340'] as const;
/** … and figures are reported, and held to their bars, on these. */
export const REPORT_SEED = 2026;
