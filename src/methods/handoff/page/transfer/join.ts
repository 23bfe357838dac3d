/**
 * The phone that takes over: asks for the number on the first screen, then says who asks, what for,
 * since when and from what kind of device, before anything else happens.
 */

import type { FailureWords } from '../../../../i18n/glossary.ts';
import { lazyMessages } from '../../../../ui/lazy-messages.ts';
import type { SessionView } from '../../../../wire/contract.ts';
import type { Code } from '../../../../wire/error.ts';
import type { JoinHost, MethodRun } from '../../../method.ts';
import { waitingPanel } from '../device.ts';
import { loadTransferMessages } from './messages/index.ts';
import { acceptPanel, numberPanel } from './panel.ts';

export function join(host: JoinHost): MethodRun {
  let session: SessionView | undefined;
  let claiming = false;
  const speak = lazyMessages(loadTransferMessages, host.update, host.cancel);

  async function claim(code: string): Promise<void> {
    if (claiming) return;
    claiming = true;
    host.update();
    // A failure moves the flow; there is nothing left to show here.
    session = await host.claim(code).catch(() => undefined);
    claiming = false;
    host.update();
  }

  return {
    render(_state, view) {
      const { accept, cancel } = host;
      const words = speak('wallet', view);
      if (!words) return waitingPanel(view, 1);
      if (session) return acceptPanel({ session, accept, cancel }, words, view);
      return numberPanel({ claiming, claim: (code) => void claim(code), cancel }, words, view);
    },
    explain(code, view) {
      const failures: Partial<Record<Code, FailureWords>> = speak('wallet', view)?.failures ?? {};
      return failures[code];
    },
  };
}
