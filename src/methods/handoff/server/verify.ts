/** The server half of the rungs that an app on a phone answers for. */

import { parseBody } from '../../../wire/body.ts';
import { type MethodOffer, RUNGS } from '../../../wire/contract.ts';
import type { Deployment, MethodVerifier } from '../../method-verifier.ts';
import type { Profile } from '../../profile.ts';
import { handoffEvidence } from '../evidence.ts';
import { callbackRoute } from './callback.ts';
import { checkHandoff, type HandoffDeployment, type HandoffOptions, providerOf } from './config.ts';
import { followers } from './follow.ts';
import { judge } from './judge.ts';
import { landingRoutes } from './landing.ts';
import { startRoute } from './start.ts';
import { withinTimeLimit } from './transaction.ts';
import { waiting } from './waiting.ts';

/** Before the first answer; a provider that cannot be used at all stops the deployment. */
const READY_TIME = 10_000;

/** @throws IdVerifyError `config/*` */
export function handoffVerifier(deployment: Deployment, options: HandoffOptions): MethodVerifier {
  const handoff = checkHandoff(deployment, options);
  return {
    methods: RUNGS,
    environment: handoff.environment,
    routes: [startRoute(handoff)],
    callbacks: [...landingRoutes(handoff), callbackRoute(handoff)],
    offer: (method, profile) => offer(handoff, method, profile),
    exchangeOf: (body) => parseBody(handoffEvidence, body).handoff,
    verify: (context) => judge(handoff, context),
    ...waiting(handoff),
    ...followers(handoff),
    ready: async () => {
      const ready = options.providers.map((provider) =>
        withinTimeLimit(async (signal) => provider.ready?.(signal), READY_TIME),
      );
      await Promise.all(ready);
    },
  };
}

function offer(
  handoff: HandoffDeployment,
  method: string,
  { methods }: Profile,
): MethodOffer | undefined {
  const rung = RUNGS.find((known) => known === method);
  const settings = rung && methods[rung];
  const provider = rung && settings && providerOf(handoff, rung, settings);
  if (rung === undefined || provider === undefined) return undefined;
  const { addToWallet } = handoff.options;
  return { method: rung, app: provider.app, ...(addToWallet && { addToWallet }) };
}
