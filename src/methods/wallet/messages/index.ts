import { en } from './en.ts';
import { ja } from './ja.ts';

/** Every language of the wallet's panels; few enough to travel together. */
export const walletMessages = { ja, en };
