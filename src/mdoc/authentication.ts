import { embed, writeArray, writeCbor } from '../wire/writer.ts';

/** `#6.24(bstr .cbor [context, SessionTranscript, …])`: what readers and devices sign, 9.1.1.4, 9.1.3.4. */
export function authenticationBytes(
  context: string,
  sessionTranscript: Uint8Array,
  ...covered: readonly Uint8Array[]
): Uint8Array {
  return embed(writeArray([writeCbor(context), sessionTranscript, ...covered])).encoded;
}
