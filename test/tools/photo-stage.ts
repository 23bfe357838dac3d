/** The photo rung by itself: a host that answers as the server would, and a screen to see it on. */

import type { MethodHost, MethodRun } from '../../src/methods/method.ts';
import { start } from '../../src/methods/photo/page/run.ts';
import type { CborInput } from '../../src/wire/cbor.ts';
import type { MethodOffer, Retake } from '../../src/wire/contract.ts';
import type { IdVerifyError } from '../../src/wire/error.ts';
import type { PhotoAnswer } from '../../src/wire/photo.ts';
import { PanelStage, sessionView, snapshotOf } from './stage.ts';

export const photoChallenge: PhotoAnswer = {
  id: 'photo-1',
  now: 0,
  expiresAt: 900_000,
  documents: [
    { id: 'driving-licence', steps: ['front', 'thickness', 'back', 'face'] },
    { id: 'my-number-card', steps: ['front', 'thickness', 'face'] },
    { id: 'passport', steps: ['data-page', 'face'] },
    { id: 'health-insurance-eligibility', steps: ['front', 'back', 'face'] },
  ],
  gestures: ['turn_left', 'look_up'],
  spares: ['smile'],
  limits: { bytes: 2_000_000, minLongSide: 1000, maxLongSide: 1920, tries: 3 },
  files: false,
};

export interface Upload {
  readonly hash: string;
  readonly bytes: Uint8Array;
}

export interface PhotoStage {
  readonly stage: PanelStage;
  readonly uploads: Upload[];
  /** How often a challenge was asked for. */
  challenges: number;
  /** Each upload waits for this; a rejection is its answer. */
  gate: () => Promise<unknown>;
  readonly submitted: CborInput[];
  readonly failures: IdVerifyError[];
  readonly announced: string[];
  /** What a reload would find. */
  kept: unknown;
  /** Ends the attempt and begins another, as leaving and coming back does. */
  restart(): void;
  /** As when a reviewer asks for one photo again. */
  askAgain(request: Retake): void;
  end(): void;
}

export interface PhotoSetting {
  readonly challenge?: Partial<PhotoAnswer>;
  readonly transfer?: () => void;
  readonly kept?: unknown;
  /** A reviewer asks for this again. */
  readonly retake?: Retake;
}

export function photoStage({ challenge, transfer, kept, retake }: PhotoSetting = {}): PhotoStage {
  const answer = { ...photoChallenge, ...challenge };
  const offer: MethodOffer = {
    method: 'photo',
    documents: answer.documents.map(({ id }) => id),
    gestures: answer.gestures.length > 0,
    files: answer.files,
  };
  const stage = new PanelStage();
  let life = new AbortController();
  let run: MethodRun;
  const photo: PhotoStage = {
    stage,
    uploads: [],
    challenges: 0,
    gate: async () => undefined,
    submitted: [],
    failures: [],
    announced: [],
    kept,
    restart,
    askAgain(request) {
      wanted = request;
      restart();
      show('awaiting');
    },
    end: () => life.abort(),
  };
  let wanted = retake;
  const show = (state: 'consent' | 'awaiting') => {
    stage.snapshot = snapshotOf({ state, method: 'photo' }, { run, session: sessionView });
  };

  function host(): MethodHost {
    const { signal } = life;
    return {
      session: sessionView,
      offer,
      lang: 'ja',
      signal,
      get kept() {
        return photo.kept;
      },
      keep: (value) => {
        photo.kept = structuredClone(value);
      },
      ...(transfer && { transfer }),
      ...(wanted && { retake: wanted }),
      client: {
        async ask({ path, bytes }: { path: string; bytes?: { value: Uint8Array } }) {
          if (path === 'photo') {
            photo.challenges++;
            const id = `photo-${photo.challenges}`;
            return { value: { ...answer, id }, bytes: new Uint8Array() };
          }
          await photo.gate();
          if (bytes) photo.uploads.push({ hash: path.slice('images/'.length), bytes: bytes.value });
          return {
            value: { receipt: 'cmVjZWlwdA', receivedAt: Date.now() },
            bytes: new Uint8Array(),
          };
        },
      } as unknown as MethodHost['client'],
      update: () => stage.requestUpdate(),
      begin: () => show('awaiting'),
      back: () => show('consent'),
      submit: (body) => photo.submitted.push(body),
      fail: (error) => photo.failures.push(error as IdVerifyError),
      other: () => stage.asked.push('other'),
      cancel: () => stage.asked.push('cancel'),
      announce: (message) => photo.announced.push(message),
    };
  }

  function restart(): void {
    life.abort();
    life = new AbortController();
    run = start(host());
    show('consent');
  }
  restart();
  return photo;
}
