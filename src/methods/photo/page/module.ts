/** What the camera rung needs beyond the first screen. */
import type { MethodHost, MethodRun } from '../../method.ts';
import { startPhoto } from './run.ts';

export const start = (host: MethodHost): MethodRun => startPhoto(host);
