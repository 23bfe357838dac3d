/**
 * The phone that takes over: asks for the number on the first screen, then says who asks, what for,
 * since when and from what kind of device, before anything else happens.
 */
import type { SessionView } from '../../../wire/contract.ts';
import type { JoinHost, MethodRun } from '../../method.ts';
import { transferMessages } from './messages/index.ts';
import { acceptPanel, numberPanel } from './panel.ts';

export function join(host: JoinHost): MethodRun {
  let session: SessionView | undefined;
  let claiming = false;

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
      if (session) return acceptPanel({ session, accept, cancel }, view);
      return numberPanel({ claiming, claim: (code) => void claim(code), cancel }, view);
    },
    explain(code, view) {
      const { failures } = view.words('wallet', transferMessages);
      if (code === 'incomplete/wrong_code') return failures[code];
      return code.startsWith('session/') ? failures.session : undefined;
    },
  };
}
