/** Registers `<id-verify>`, once, however often it is loaded. */
import { IdVerify } from './element/id-verify.ts';

if (!customElements.get('id-verify')) customElements.define('id-verify', IdVerify);

export { provideFaceAdapter } from './methods/photo/page/face-adapter.ts';
export { IdVerify };
