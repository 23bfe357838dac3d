/** The little of oidc-provider that the tests use; the package comes without types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

  export interface Found {
    readonly accountId?: string;
    readonly clientId?: string;
    readonly scope?: string;
  }

  export interface Interaction {
    readonly params: Readonly<Record<string, string>>;
    readonly prompt: { readonly name: string };
    readonly grantId?: string;
  }

  export class Grant {
    constructor(fields: { accountId: string; clientId: string });
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }

  export default class Provider {
    constructor(issuer: string, configuration: object);
    readonly Grant: typeof Grant;
    readonly AccessToken: { find(token: string): Promise<Found | undefined> };
    readonly ClientCredentials: { find(token: string): Promise<Found | undefined> };
    callback(): RequestListener;
    interactionDetails(req: IncomingMessage, res: ServerResponse): Promise<Interaction>;
    interactionFinished(req: IncomingMessage, res: ServerResponse, result: object): Promise<void>;
    on(event: string, listener: (...args: unknown[]) => void): void;
  }
}
