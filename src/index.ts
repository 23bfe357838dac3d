/** The class and its types. Importing this has no side effects; `id-verify/define` registers it. */
export * from './events.ts';
export type { Language, MessageOverrides } from './i18n/catalog.ts';
export { IdVerify } from './id-verify.ts';
export {
  type FaceAdapter,
  type FaceBox,
  provideFaceAdapter,
} from './methods/photo/face/provide.ts';
export type { Session, Snapshot } from './session/api.ts';
export { sessionContext } from './session/context.ts';
export type { FlowState } from './session/flow.ts';
export type { MethodId } from './wire/contract.ts';
export { type Category, type Code, IdVerifyError } from './wire/error.ts';
