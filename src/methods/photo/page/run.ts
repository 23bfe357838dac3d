/**
 * One attempt with the camera: leads from shot to shot, keeps what was accepted, and hands over the
 * manifest. What follows what is the stepper's; what it looks like, the panels'.
 */
import { lazyMessages } from '../../../ui/lazy-messages.ts';
import type { PanelContent } from '../../../ui/panel.ts';
import type { PanelView } from '../../../ui/view.ts';
import { asError, IdVerifyError } from '../../../wire/error.ts';
import { fetched } from '../../../wire/fetched.ts';
import { type PhotoAnswer, photoAnswer } from '../../../wire/photo.ts';
import type { MethodHost, MethodRun } from '../../method.ts';
import { type DocumentId, isDocumentId } from '../documents.ts';
import type { Shot } from '../evidence.ts';
import { Capture } from './capture/capture.ts';
import { FileError, type FileTrouble } from './capture/choose-file.ts';
import { release, type TakenShot } from './capture/shot.ts';
import { type Subject, subjectOf } from './capture/subject.ts';
import { lazyPart } from './lazy-part.ts';
import { append, manifestOf } from './log.ts';
import { type MaskBox, masksFor } from './masks-needed.ts';
import { loadPhotoMessages, type PhotoMessages } from './messages/index.ts';
import { consentPanel, loadingPanel } from './panels/consent.ts';
import type { PhotoEvent, PhotoModel } from './panels/model.ts';
import { panelFor } from './panels/panel-for.ts';
import { photoStyles } from './panels/styles.ts';
import { Thumbnails } from './panels/thumbnails.ts';
import { Viewfinder } from './panels/viewfinder.ts';
import { keptOf, type Progress, progressOf, startOver } from './progress.ts';
import { begin, type StepperEvent, stationAt, step } from './stepper.ts';
import { Uploads } from './uploads.ts';

/** A challenge that ends sooner than this is not begun with. */
const CHALLENGE_MARGIN_MS = 60_000;
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

export function start(host: MethodHost): MethodRun {
  const { retake, signal, session } = host;
  const offer = host.offer as PhotoModel['offer'];
  const documents = offer.documents.filter(isDocumentId);
  let progress: Progress = progressOf(host.kept) ?? {
    challenge: NOTHING_ASKED,
    until: 0,
    stepper: begin(NOTHING_ASKED),
    log: [],
    interruptions: 0,
    consentAt: 0,
  };
  const interruptionsBefore = progress.interruptions;
  let words: PhotoMessages | undefined;
  let spoken: PanelView['lang'] = 'ja';
  /** A reviewer's wish is being read. */
  let invited = retake !== undefined;
  /** The camera has too few pixels for the document. */
  let coarse = false;
  let considered: DocumentId | undefined;
  let saving = false;
  let taken: TakenShot | undefined;
  let masks: MaskBox[] = [];
  let fileTrouble: FileTrouble | undefined;
  let notice: string | undefined;

  const capture = new Capture(
    {
      changed: () => update(),
      saw(sight) {
        if (words) viewfinder.show(sight, words);
        const nowCoarse = sight?.guidance?.code === 'camera_too_coarse';
        if (!sight?.guidance || nowCoarse === coarse) return;
        coarse = nowCoarse;
        update();
      },
    },
    signal,
  );
  const viewfinder = new Viewfinder(capture.camera.video, (text) => host.announce(text), signal);
  const thumbnails = new Thumbnails();
  const uploads = new Uploads(
    host.client,
    {
      changed: () => update(),
      failed: fail,
      async stored(facts, receipt) {
        const log = await append(progress.log, progress.challenge.id, facts, receipt);
        progress = { ...progress, log };
        keep();
      },
    },
    {
      log: progress.log,
      stations: Object.entries(progress.stepper.marks).flatMap(([key, mark]) =>
        mark === 'accepted' ? [key] : [],
      ),
    },
    signal,
  );
  const speak = lazyMessages(loadPhotoMessages, () => host.update(), host.fail);
  const lazily = <T>(load: () => Promise<T>) => lazyPart(load, () => update(), fail);
  const retakes = lazily(() => import('./resume/retake-panel.ts'));
  const troubles = lazily(() => import('./trouble/panel.ts'));
  const maskEditors = lazily(() => import('./masks/editor.ts'));
  const files = lazily(() => import('./files/open.ts'));

  function fail(error: unknown): void {
    if (signal.aborted) return;
    host.fail(asError(error, 'unavailable/camera', 'the photo could not be made'));
  }

  /** What a tap started; a failure of it ends the attempt with its reason. */
  function doing(work: Promise<void>): void {
    work.catch(fail);
  }

  const isFresh = () => Date.now() < progress.until - CHALLENGE_MARGIN_MS;

  function keep(): void {
    progress = {
      ...progress,
      interruptions: interruptionsBefore + capture.camera.interruptions,
    };
    host.keep(keptOf(progress));
  }

  /** Words, and what is to be taken; both are asked for while the person reads. */
  async function prepare(): Promise<void> {
    await capture.prepare();
    if (isFresh()) {
      update();
      return;
    }
    const { value: challenge } = await host.client.ask(
      { method: 'POST', path: 'photo', answer: photoAnswer, repeatable: false },
      signal,
    );
    const until = Date.now() + challenge.expiresAt - challenge.now;
    if (progress.stepper.document) {
      const { hasImage, renew } = await fetched(import('./resume/renew.ts'));
      const isThere = (shot: Shot) => hasImage(host.client, shot, signal);
      progress = await renew(progress, challenge, until, isThere, retake);
    } else {
      progress = startOver(progress, challenge, until);
    }
    if (!documents.some((id) => challenge.documents.some((asked) => asked.id === id))) {
      throw new IdVerifyError('unsupported/document', 'no document this build knows');
    }
    if (progress.log.length > 0) keep();
    update();
  }

  function go(event: StepperEvent): void {
    const before = progress.stepper;
    const stepper = step(before, event);
    if (stepper === before) return;
    if (stepper.document !== before.document) {
      uploads.restart();
      thumbnails.clear();
      progress = { ...progress, log: [] };
    }
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
    const { stepper, challenge } = progress;
    const station = stationAt(stepper);
    if (!words || !station || invited || stepper.screen.at !== 'shoot') return undefined;
    return subjectOf(stepper.document as DocumentId, station, challenge.limits.maxLongSide);
  }

  /** Has the camera follow the screen, then draws it. */
  function update(): void {
    if (signal.aborted) return;
    capture.aim(subject(), progress.stepper.screen.at === 'look');
    host.update();
  }

  async function lookAtShots(): Promise<void> {
    for await (const shot of capture.shots()) {
      const { stepper } = progress;
      const station = stationAt(stepper);
      if (!station || stepper.screen.at !== 'shoot') {
        release(shot.canvas);
        continue;
      }
      taken = shot;
      masks = masksFor(stepper.document as DocumentId, station);
      go({ type: 'taken' });
    }
  }

  async function chooseFile(): Promise<void> {
    try {
      await capture.chooseFile();
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      fileTrouble = error.trouble;
      update();
    }
  }

  async function use(): Promise<void> {
    const { challenge, stepper } = progress;
    const station = stationAt(stepper);
    const editor = masks.length > 0 ? maskEditors() : undefined;
    if (!taken || !station || saving || (masks.length > 0 && !editor)) return;
    saving = true;
    update();
    editor?.paintMasks(taken.canvas, masks);
    const isNew = await uploads.add(taken, {
      station,
      photo: challenge.id,
      limits: challenge.limits,
      attempt: stepper.attempts[station.key] ?? 1,
      masks: masks.map(({ mask }) => mask),
      handedOver: session.handedOver !== undefined,
    });
    if (signal.aborted) return;
    if (isNew) thumbnails.keep(station.key, taken.canvas);
    go({ type: isNew ? 'accept' : 'retake' });
    if (!isNew) fileTrouble = 'repeated';
    update();
  }

  async function send(): Promise<void> {
    if (uploads.waiting > 0) return;
    if (!isFresh()) {
      await prepare();
      if (progress.stepper.screen.at !== 'summary') return;
    }
    const { challenge, consentAt, interruptions, log, stepper } = progress;
    const body = manifestOf(stepper, log, {
      photo: challenge.id,
      environment: { analysis: capture.analysis, interruptions },
      consent: { text: 'photo/1', lang: spoken, at: consentAt },
    });
    // Whatever comes of it uses the challenge up; the shots stay good for another one.
    progress = { ...progress, until: 0 };
    keep();
    host.submit(body);
  }

  const acts: {
    readonly [T in PhotoEvent['type']]: (event: Extract<PhotoEvent, { type: T }>) => void;
  } = {
    begin() {
      invited = false;
      progress = { ...progress, consentAt: Date.now() };
      host.begin();
      doing(prepare());
    },
    consider({ document }) {
      considered = documents.find((id) => id === document);
      update();
    },
    choose: go,
    shutter: () => capture.press(),
    'switch-lens': () => capture.camera.switchLens(),
    'switch-torch': () => doing(capture.camera.switchTorch()),
    'retry-camera': () => capture.camera.retry(),
    'choose-file': () => doing(chooseFile()),
    'move-mask'({ mask, box }) {
      masks = masks.map((one) => (one.mask === mask ? { mask, ...box } : one));
      update();
    },
    use: () => doing(use()),
    retake: go,
    keep: go,
    visit: go,
    cannot(event) {
      go(event);
      notice = words?.shoot.replaced;
      update();
    },
    back(event) {
      const { at } = progress.stepper.screen;
      if (retake && at !== 'look') {
        invited = true;
        update();
      } else if (at === 'documents') host.back();
      else go(event);
    },
    send: () => doing(send()),
    note({ text }) {
      notice = text;
      update();
    },
    transfer() {
      // A phone that takes over ends the challenge here; the shots stay good, should this page go on.
      progress = { ...progress, until: 1 };
      keep();
      host.transfer?.();
    },
    other: () => host.other(),
    cancel: () => host.cancel(),
  };

  const model = (now: PhotoMessages, view: PanelView): PhotoModel => ({
    session,
    offer,
    words: now,
    retake,
    documents,
    considered,
    challenge: progress.challenge === NOTHING_ASKED ? undefined : progress.challenge,
    stepper: progress.stepper,
    resumed: progress.log.length > 0,
    camera: capture.camera,
    viewfinder: viewfinder.element,
    coarse,
    taking: capture.taking,
    taken,
    saving,
    masks,
    maskEditor: masks.length > 0 ? maskEditors() : undefined,
    thumbnails: thumbnails.pictures,
    uploads,
    fileProblem: fileTrouble && files()?.fileProblem(fileTrouble, view),
    notice,
    canTransfer: host.transfer !== undefined,
    act: (event) => (acts[event.type] as (event: PhotoEvent) => void)(event),
  });

  function render(state: 'consent' | 'awaiting', view: PanelView): PanelContent {
    spoken = view.lang;
    words = speak('photo', view);
    if (!words) return loadingPanel(view);
    const photo = model(words, view);
    const shown = invited
      ? retakes()?.retakePanel(photo, view)
      : state === 'consent'
        ? consentPanel(photo, view)
        : panelFor(photo, troubles, view);
    if (!shown) return loadingPanel(view);
    return { ...shown, styles: [photoStyles, ...(shown.styles ?? [])] };
  }

  doing(lookAtShots());
  signal.addEventListener('abort', () => {
    letGo();
    thumbnails.clear();
  });
  return { render };
}
