/** The class and its types. Importing this has no side effects; `id-verify/define` registers it. */
export * from './element/events.ts';
export { IdVerify } from './element/id-verify.ts';
export type { Language } from './i18n/language.ts';
export {
  type FaceAdapter,
  type FaceBox,
  provideFaceAdapter,
} from './methods/photo/page/face-adapter.ts';
export type { MessageOverrides } from './screens/messages.ts';
export { type Session, type Snapshot, sessionContext } from './session/api.ts';
export type { FlowState } from './session/flow.ts';
export type { MethodId } from './wire/contract.ts';
export { type Category, type Code, IdVerifyError } from './wire/error.ts';
