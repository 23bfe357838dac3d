/** `id-verify/server`: the service behind `id-verify serve`, to be configured and started. */
export { defineConfig, Mistakes, type ServeConfig } from './config.ts';
export { type Secret, secret } from './secret.ts';
export { type ServeEvent, type Serving, serve } from './serve.ts';
export { SCOPES, type Scope, type ServiceKey, type ServiceKeys } from './service-keys.ts';
