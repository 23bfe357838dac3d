/**
 * Every JSON message that crosses the wire, written once. Both sides parse with these schemas at
 * their edge, the verifier derives its OpenAPI description from them, and the types are inferred
 * from them, so shape, check and documentation cannot drift apart. A page takes its schemas from the
 * parts, so that it fetches no others.
 *
 * Evidence itself is not JSON: see `envelope.ts`.
 */
export * from './claims.ts';
export * from './handoff.ts';
export * from './opening.ts';
export * from './session.ts';
export * from './status.ts';
export * from './transfer.ts';
export * from './wallet-protocols.ts';
