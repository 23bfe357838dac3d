/**
 * One attempt with the camera: leads from shot to shot, keeps what was accepted, and hands over the
 * manifest. What follows what is the stepper's; what it looks like, the panels'.
 */

import { speech } from '../../../ui/lazy-messages.ts';
import type { PanelContent } from '../../../ui/panel.ts';
import type { PanelView } from '../../../ui/view.ts';
import { asError, IdVerifyError } from '../../../wire/error.ts';
import { fetched } from '../../../wire/fetched.ts';
import type { PhotoAnswer } from '../../../wire/photo.ts';
import type { MethodHost, MethodRun } from '../../method.ts';
import { type DocumentId, isDocumentId } from '../documents.ts';
import type { Shot } from '../evidence.ts';
import { askChallenge } from './calls.ts';
import { createCollection } from './collection.ts';
import { late } from './late.ts';
import { manifestOf } from './log.ts';
import { loadPhotoMessages, loadRareMessages, type PhotoMessages } from './messages/index.ts';
import { consentPanel, loadingPanel } from './panels/before.ts';
import type { PhotoModel } from './panels/model.ts';
import { panelFor } from './panels/panel-for.ts';
import { photoStyles } from './panels/styles.ts';
import { keptOf, type Progress, progressOf, startOver } from './progress.ts';
import { FileError, type FileTrouble } from './shots/file.ts';
import { type MaskBox, masksFor } from './shots/masks.ts';
import { release, type TakenShot } from './shots/shot.ts';
import { begin, type StepperEvent, stationAt, step } from './stepper.ts';
import { Studio, type Subject } from './studio.ts';

/** A challenge that ends sooner than this is not begun with. */
const MARGIN = 60_000;
const NOTHING_ASKED: PhotoAnswer = {
  id: '-',
  now: 0,
  expiresAt: 0,
  documents: [],
  gestures: [],
  spares: [],
  limits: { bytes: 0, minLongSide: 0, maxLongSide: 0, tries: 0 },
  files: false,
};

export function startPhoto(host: MethodHost): MethodRun {
  const { signal, session } = host;
  const offer = host.offer as PhotoModel['offer'];
  const documents = offer.documents.filter(isDocumentId);
  const kept = progressOf(host.kept);
  let progress: Progress = kept ?? {
    challenge: NOTHING_ASKED,
    until: 0,
    stepper: begin(NOTHING_ASKED),
    log: [],
    interruptions: 0,
    consentAt: 0,
  };
  let words: PhotoMessages | undefined;
  let spoken: PanelView['lang'] = 'ja';
  let saving = false;
  let taken: TakenShot | undefined;
  let masks: MaskBox[] = [];
  let fileTrouble: FileTrouble | undefined;
  let notice: string | undefined;

  const fail = (error: unknown) =>
    host.fail(asError(error, 'unavailable/camera', 'the photo could not be made'));
  const studio = new Studio({
    signal,
    words: () => words,
    challenge: () => progress.challenge,
    say: (text) => host.announce(text),
    changed: () => update(),
    taken: accept,
  });
  const fresh = () => Date.now() < progress.until - MARGIN;
  const collection = createCollection({
    client: host.client,
    signal,
    handedOver: session.handedOver !== undefined,
    changed: () => update(),
    failed: fail,
    progress: () => progress,
    store(log) {
      progress = { ...progress, log };
      keep();
    },
  });

  function keep(): void {
    const interruptions = studio.camera?.interruptions ?? progress.interruptions;
    progress = { ...progress, interruptions };
    host.keep(keptOf(progress));
  }

  /** Words, and what is to be taken; both are asked for while the person reads. */
  async function prepare(): Promise<void> {
    await studio.prepare();
    if (fresh() || signal.aborted) return update();
    const challenge = await askChallenge(host.client, signal);
    const until = Date.now() + challenge.expiresAt - challenge.now;
    if (progress.stepper.document) {
      const { hasImage, renew } = await fetched(import('./renew.ts'));
      const isThere = (shot: Shot) => hasImage(host.client, shot, signal);
      progress = await renew(progress, challenge, until, isThere);
    } else {
      progress = startOver(progress, challenge, until);
    }
    if (!documents.some((id) => challenge.documents.some((asked) => asked.id === id))) {
      throw new IdVerifyError('unsupported/document', 'no document this build knows');
    }
    if (progress.log.length > 0) keep();
    update();
  }

  const speak = speech(loadPhotoMessages, () => host.update(), host.fail);
  const speakRarely = speech(loadRareMessages, () => host.update(), host.fail);

  function go(event: StepperEvent): void {
    const before = progress.stepper;
    const stepper = step(before, event);
    if (stepper === before) return;
    if (stepper.document !== before.document) collection.restart();
    progress = { ...progress, stepper };
    fileTrouble = undefined;
    notice = undefined;
    if (stepper.screen.at !== 'look') letGo();
    keep();
    update();
  }

  function letGo(): void {
    if (taken) release(taken.canvas);
    taken = undefined;
    masks = [];
    saving = false;
  }

  /** What is to be shot on this screen. */
  function subject(): Subject | undefined {
    const { stepper } = progress;
    const station = stationAt(stepper);
    if (!station || stepper.screen.at !== 'shoot') return undefined;
    return { document: stepper.document as DocumentId, station };
  }

  /** Has the camera follow the screen, then draws it. */
  function update(): void {
    studio.follow(subject(), progress.stepper.screen.at === 'look');
    host.update();
  }

  function accept(shot: TakenShot): void {
    const station = stationAt(progress.stepper);
    const { document } = progress.stepper;
    taken = shot;
    if (station && document) masks = masksFor(document as DocumentId, station);
    go({ type: 'taken' });
  }

  /** What a tap started; a failure of it ends the attempt with its reason. */
  function doing(work: Promise<void>): void {
    work.catch((error) => {
      if (!signal.aborted) fail(error);
    });
  }

  const arrived = () => {
    if (!signal.aborted) update();
  };
  const troubles = late(() => import('./panels/trouble.ts'), arrived, doing);
  const maskEditors = late(() => import('./panels/mask-editor.ts'), arrived, doing);
  const maskEditor = () => (masks.length > 0 ? maskEditors() : undefined);

  async function pickFile(): Promise<void> {
    const wanted = subject();
    if (!wanted) return;
    const still = () => !signal.aborted && subject()?.station === wanted.station;
    try {
      await studio.pickFile(wanted, still);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      fileTrouble = error.trouble;
      update();
    }
  }

  async function use(): Promise<void> {
    const station = stationAt(progress.stepper);
    const editor = maskEditor();
    if (!taken || !station || saving || (masks.length > 0 && !editor)) return;
    saving = true;
    update();
    editor?.paintMasks(taken.canvas, masks);
    const covered = masks.map(({ mask }) => mask);
    const isNew = await collection.add(taken, station, covered);
    if (signal.aborted) return;
    go({ type: isNew ? 'accept' : 'retake' });
    if (!isNew) fileTrouble = 'repeated';
    update();
  }

  async function send(): Promise<void> {
    if (collection.uploads.waiting > 0) return;
    if (!fresh()) {
      await prepare();
      if (progress.stepper.screen.at !== 'summary') return;
    }
    const { challenge, consentAt, log, stepper } = progress;
    const body = manifestOf(stepper, log, {
      photo: challenge.id,
      environment: {
        analysis: studio.analyst?.place ?? 'none',
        interruptions: progress.interruptions,
      },
      consent: { text: 'photo/1', lang: spoken, at: consentAt },
    });
    // Whatever comes of it uses the challenge up; the shots stay good for another one.
    progress = { ...progress, until: 0 };
    keep();
    host.submit(body);
  }

  /** A phone that takes over ends the challenge here; the shots stay good, should this page go on. */
  const transfer =
    host.transfer &&
    (() => {
      progress = { ...progress, until: 1 };
      keep();
      host.transfer?.();
    });

  const intents = {
    begin() {
      progress = { ...progress, consentAt: Date.now() };
      host.begin();
      doing(prepare());
    },
    chooseDocument: (document: string) => go({ type: 'choose', document }),
    shutter() {
      studio.shutter();
      update();
    },
    switchLens: () => studio.camera?.switchLens(),
    switchTorch: () => doing(studio.camera?.switchTorch() ?? Promise.resolve()),
    retryCamera: () => studio.camera?.retry(),
    chooseFile: () => doing(pickFile()),
    use: () => doing(use()),
    retake: () => go({ type: 'retake' }),
    keep: () => go({ type: 'keep' }),
    visit: (index: number) => go({ type: 'visit', index }),
    cannot() {
      go({ type: 'cannot' });
      notice = words?.shoot.replaced;
      update();
    },
    back() {
      if (progress.stepper.screen.at !== 'documents') return go({ type: 'back' });
      host.back();
    },
    moveMask(mask: MaskBox['mask'], box: Omit<MaskBox, 'mask'>) {
      masks = masks.map((one) => (one.mask === mask ? { mask, ...box } : one));
      update();
    },
    send: () => doing(send()),
    note(text: string) {
      notice = text;
      update();
    },
    other: () => host.other(),
    cancel: () => host.cancel(),
  };

  function model(now: PhotoMessages, view: PanelView): PhotoModel {
    const { challenge, stepper } = progress;
    const camera = studio.camera ?? {
      state: 'off',
      trouble: undefined,
      lenses: [],
      torch: undefined,
    };
    const rare = camera.trouble || fileTrouble || masks.length > 0;
    const rareWords = rare ? speakRarely('photo', view) : undefined;
    return {
      ...intents,
      session,
      offer,
      words: now,
      rareWords,
      documents,
      challenge: challenge === NOTHING_ASKED ? undefined : challenge,
      stepper,
      resumed: progress.log.length > 0,
      camera,
      viewfinder: studio.element,
      taking: studio.taking,
      taken,
      saving,
      masks,
      maskEditor: maskEditor(),
      thumbnails: collection.thumbnails,
      stored: collection.stored,
      uploads: collection.uploads,
      fileProblem: fileTrouble && rareWords?.files[fileTrouble],
      notice,
      transfer,
    };
  }

  function panel(state: 'consent' | 'awaiting', view: PanelView): PanelContent {
    spoken = view.lang;
    words = speak('photo', view);
    if (!words) return loadingPanel(view);
    const photo = model(words, view);
    const shown = state === 'consent' ? consentPanel(photo, view) : panelFor(photo, troubles, view);
    return { ...shown, styles: [photoStyles, ...(shown.styles ?? [])] };
  }

  signal.addEventListener('abort', () => {
    letGo();
    collection.close();
  });
  return { render: panel };
}
