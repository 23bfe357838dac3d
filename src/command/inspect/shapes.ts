/** What the parts of each message are called, by where they stand (ISO/IEC 18013-5, RFC 9052). */

/** Says of an item what its parts are. */
export interface Shape {
  /** Of the values of a map, by key. */
  readonly keys?: Readonly<Record<string, Shape>>;
  /** Of every other value of a map, and every item of an array. */
  readonly each?: Shape;
  /** Of the items of an array, by place. */
  readonly items?: readonly (readonly [name: string, shape?: Shape])[];
  /** A byte string holds CBOR of this shape, with or without tag 24 around it. */
  readonly content?: Shape;
  /** A byte string is a certificate. */
  readonly certificate?: true;
  /** Names of integer keys. */
  readonly labels?: Readonly<Record<string, string>>;
}

const ANY: Shape = {};
const CERTIFICATES: Shape = { certificate: true, each: { certificate: true } };
const HEADER: Shape = {
  labels: { 1: 'alg', 2: 'crit', 3: 'content type', 4: 'kid', 16: 'typ', 33: 'x5chain' },
  keys: { 33: CERTIFICATES },
};
const COSE_KEY: Shape = {
  labels: { 1: 'kty', 2: 'kid', 3: 'alg', '-1': 'crv', '-2': 'x', '-3': 'y' },
};

/** COSE_Sign1 and COSE_Mac0 alike. */
const cose = (payload: Shape = ANY): Shape => ({
  items: [
    ['protected', { content: HEADER }],
    ['unprotected', HEADER],
    ['payload', { content: payload }],
    ['signature'],
  ],
});

const MSO: Shape = { keys: { deviceKeyInfo: { keys: { deviceKey: COSE_KEY } } } };
const ITEM: Shape = { content: ANY };

export const SHAPES = {
  DeviceResponse: {
    keys: {
      documents: {
        each: {
          keys: {
            issuerSigned: {
              keys: { nameSpaces: { each: { each: ITEM } }, issuerAuth: cose(MSO) },
            },
            deviceSigned: {
              keys: {
                nameSpaces: ITEM,
                deviceAuth: { keys: { deviceSignature: cose(), deviceMac: cose() } },
              },
            },
          },
        },
      },
    },
  },
  DeviceRequest: {
    keys: {
      docRequests: { each: { keys: { itemsRequest: ITEM, readerAuth: cose() } } },
      deviceRequestInfo: ITEM,
      readerAuthAll: { each: cose() },
    },
  },
  EncryptionInfo: {
    items: [['protocol'], ['parameters', { keys: { recipientPublicKey: COSE_KEY } }]],
  },
  EncryptedResponse: { items: [['protocol'], ['sealed']] },
  envelope: cose(ANY),
  'status list': cose({
    labels: {
      2: 'sub',
      4: 'exp',
      6: 'iat',
      65530: 'identifier_list',
      65533: 'status_list',
      65534: 'ttl',
    },
  }),
  VICAL: cose({
    keys: { certificateInfos: { each: { keys: { certificate: { certificate: true } } } } },
  }),
  COSE: cose(ANY),
  CBOR: ANY,
} as const satisfies Record<string, Shape>;
export type Kind = keyof typeof SHAPES;
