import { en } from './en.ts';
import { ja } from './ja.ts';

export const handoffMessages = { ja, en };
export type HandoffMessages = typeof ja;
