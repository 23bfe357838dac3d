/** Where another browser would do: which one, and the link to it. */
import { copyLink } from '../../ui/copy-link.ts';
import type { Action } from '../../ui/panel.ts';
import type { Code } from '../../wire/error.ts';
import type { LaterView } from '../screen-view.ts';

/** What another browser on the same device may have. */
const OF_THIS_BROWSER: readonly string[] = [
  'unavailable/no_api',
  'unavailable/no_camera',
  'unavailable/no_protocol',
  'blocked/permissions_policy',
] satisfies Code[];

export const isOfThisBrowser = (code: Code): boolean => OF_THIS_BROWSER.includes(code);

/** The address of this page, to be pasted there. */
export const copyThisLink = ({ messages, announce }: LaterView): Action => {
  const { copy, copied, notCopied } = messages.link;
  return {
    label: copy,
    run: async () => announce((await copyLink(location.href)) ? copied : notCopied),
  };
};
