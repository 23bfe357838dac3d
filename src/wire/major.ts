/** Major types of CBOR, RFC 8949 section 3.1. */
export const MAJOR = { uint: 0, nint: 1, bytes: 2, text: 3, array: 4, map: 5, tag: 6, simple: 7 };
