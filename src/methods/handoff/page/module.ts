/** What a handoff needs beyond the first screen. */
export { startHandoff as start } from './run.ts';
