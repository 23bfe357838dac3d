/** A page that takes photos as the element does, with pictures drawn on the spot. */
import assert from 'node:assert/strict';
import type { PhotoBody, Shot } from '../../src/methods/photo/evidence.ts';
import { append, manifestOf, type ShotFacts } from '../../src/methods/photo/page/log.ts';
import { begin, type Station, type Stepper, step } from '../../src/methods/photo/page/stepper.ts';
import { encodeJpeg } from '../../src/testing/issuer/jpeg.ts';
import type { Profile } from '../../src/verifier/index.ts';
import { toBase64url } from '../../src/wire/bytes.ts';
import type { CborInput } from '../../src/wire/cbor.ts';
import type { EvidenceAnswer } from '../../src/wire/contract.ts';
import type { ImageAnswer, PhotoAnswer } from '../../src/wire/photo.ts';
import { json, Page, type Site, site } from '../verifier/harness.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

const TEXT = { ja: '買取時のご本人の確認のため', en: 'To buy what you sell' };

export const photoProfile = {
  purpose: TEXT,
  claims: {
    name: { purpose: TEXT, retainDays: 30 },
    birth_date: { purpose: TEXT, retainDays: 0 },
    age_over_20: { purpose: TEXT, retainDays: 0, mustBe: true },
    address: { purpose: TEXT, retainDays: 0, optional: true },
  },
  methods: {
    wallet: { docType: 'org.iso.23220.1.jp.mnc' },
    photo: {
      documents: ['driving-licence', 'my-number-card', 'passport', 'health-insurance-eligibility'],
      decideWithinHours: 24,
      files: 'allow',
    },
  },
} as const satisfies Profile;

export const receiptKey = new Uint8Array(32).fill(7);

type Changes = Parameters<typeof site>[0];

/** A site whose profile `identity` takes photos. */
export const photoSite = (profile: Profile = photoProfile, changes: Changes = {}): Site =>
  site({ photo: { receiptKey }, profiles: { identity: profile }, ...changes });

let drawn = 0;

/** A picture like no other. */
export function picture(width = 320, height = 200): Bytes {
  const shade = drawn++;
  const pixel = (x: number, y: number) =>
    [(shade * 37) & 255, ((x >> 4) << 4) & 255, (((y >> 4) << 4) + (shade >> 3)) & 255] as const;
  return new Uint8Array(encodeJpeg({ width, height, pixel }));
}

export const sha256 = async (bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

export const addressOf = async (bytes: Bytes): Promise<string> => toBase64url(await sha256(bytes));

export const hashesOf = (log: readonly Shot[]): string[] =>
  log.map(({ image }) => toBase64url(image.sha256));

/** Takes, uploads and logs, one session long. */
export class Photographer {
  readonly page: Page;
  challenge: PhotoAnswer;
  stepper: Stepper;
  log: Shot[] = [];
  /** What the next shots say beside what is true. */
  facts: Partial<ShotFacts> = {};

  private constructor(page: Page, challenge: PhotoAnswer) {
    this.page = page;
    this.challenge = challenge;
    this.stepper = begin(challenge);
  }

  static async open(shop: Site, profile = 'identity'): Promise<Photographer> {
    return Photographer.on(await Page.open(shop, profile));
  }

  /** Takes photos on a page that has its session. */
  static async on(page: Page): Promise<Photographer> {
    return new Photographer(page, await json(await page.call('photo', { method: 'POST' })));
  }

  /** Begins again, as after a refusal. */
  async again(): Promise<void> {
    this.challenge = await json(await this.page.call('photo', { method: 'POST' }));
    this.stepper = begin(this.challenge);
    this.log = [];
  }

  async put(bytes: Bytes, address?: string, type = 'image/jpeg'): Promise<Response> {
    const path = `images/${address ?? (await addressOf(bytes))}`;
    return this.page.call(path, { method: 'PUT', headers: { 'content-type': type }, body: bytes });
  }

  async shoot(
    station: Station,
    bytes = picture(),
    size: readonly [number, number] = [320, 200],
  ): Promise<void> {
    const { receipt } = await json<ImageAnswer>(await this.put(bytes));
    const { step, gesture, insteadOf } = station;
    const now = Date.now();
    const facts: ShotFacts = {
      step,
      ...(gesture && { gesture }),
      ...(insteadOf && { insteadOf }),
      attempt: 1,
      image: {
        sha256: await sha256(bytes),
        size: bytes.length,
        type: 'image/jpeg',
        width: size[0],
        height: size[1],
      },
      masks: [],
      origin: 'camera',
      capture: 'auto',
      times: { shown: now - 2_000, taken: now - 1_000, accepted: now },
      flags: [],
      ...this.facts,
    };
    this.log = await append(this.log, this.challenge.id, facts, receipt);
  }

  /** Every shot of a document, in order. */
  async takeAll(document = 'driving-licence'): Promise<void> {
    this.stepper = step(this.stepper, { type: 'choose', document });
    for (const station of this.stepper.stations) await this.take(station);
  }

  async take(station: Station): Promise<void> {
    await this.shoot(station);
    this.stepper = step(step(this.stepper, { type: 'taken' }), { type: 'accept' });
  }

  manifest(): PhotoBody {
    return manifestOf(this.stepper, this.log, {
      photo: this.challenge.id,
      environment: { analysis: 'worker', interruptions: 0 },
      consent: { text: 'photo/1', lang: 'ja', at: Date.now() },
    });
  }

  async send(body: CborInput = this.manifest()): Promise<EvidenceAnswer> {
    const envelope = await this.page.seal(body, { method: 'photo' });
    const answer = await json<EvidenceAnswer>(await this.page.sendEnvelope('evidence', envelope));
    this.page.status = answer.status;
    return answer;
  }
}

/** A whole session up to the moment a reviewer has to decide. */
export async function pendingPhotos(shop: Site, document?: string): Promise<Photographer> {
  const photographer = await Photographer.open(shop);
  await photographer.takeAll(document);
  const answer = await photographer.send();
  assert.equal(answer.outcome, 'pending', JSON.stringify(answer));
  return photographer;
}
