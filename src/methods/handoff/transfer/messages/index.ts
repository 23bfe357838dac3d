import { en } from './en.ts';
import { ja } from './ja.ts';

export const transferMessages = { ja, en };
export type TransferMessages = typeof ja;
