/** What can be written on the tag, and what can be listened to there, for the types of each framework. */
import type { IdVerify, IdVerifyEventMap } from './index.ts';

export type Settings = Partial<
  Pick<IdVerify, 'endpoint' | 'session' | 'profile' | 'theme' | 'name' | 'required' | 'messages'>
> & {
  /** As the attribute: `wallet jpki`. A list would be lost where a server renders the page. */
  methods?: string;
};

/** `onid-verify-result` and so on, as React 19 and Svelte 5 have it. */
export type Listeners = {
  [Name in keyof IdVerifyEventMap as `on${Name}`]?: (event: IdVerifyEventMap[Name]) => void;
};
