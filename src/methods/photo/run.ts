/**
 * One attempt with the camera: leads from shot to shot, keeps what was accepted, and hands over the
 * manifest. What follows what is the stepper's; what it looks like, the panels'.
 */
import type { Language } from '../../i18n/catalog.ts';
import type { PanelContent } from '../../ui/panel.ts';
import type { PanelView } from '../../ui/view.ts';
import { IdVerifyError } from '../../wire/error.ts';
import type { PhotoAnswer } from '../../wire/photo.ts';
import type { MethodHost, MethodRun } from '../method.ts';
import { askChallenge } from './calls.ts';
import { Camera } from './camera/camera.ts';
import { createCollection } from './collection.ts';
import { DOCUMENTS, type DocumentId, isDocumentId } from './documents.ts';
import { type Analyst, startAnalyst } from './frames/analyst.ts';
import { manifestOf } from './log.ts';
import { loadPhotoMessages, type PhotoMessages } from './messages/index.ts';
import { consentPanel, documentsPanel, loadingPanel } from './panels/before.ts';
import { keptPanel, lookPanel } from './panels/look.ts';
import type { PhotoModel } from './panels/model.ts';
import { shootPanel } from './panels/shoot.ts';
import { summaryPanel, troublePanel } from './panels/summary.ts';
import { type Target, Viewfinder } from './panels/viewfinder.ts';
import { keptOf, type Progress, progressOf, renew } from './progress.ts';
import { type Shooting, startShooting } from './shooting.ts';
import { chooseFile, FileError, type FileTrouble } from './shots/file.ts';
import { fitBox, type MaskBox, masksFor } from './shots/masks.ts';
import { release, type TakenShot } from './shots/shot.ts';
import { shotFromFile, shotFromFrame } from './shots/take.ts';
import { begin, type Station, type StepperEvent, stationAt, step } from './stepper.ts';

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
  const { signal, offer, session } = host;
  if (offer.method !== 'photo') throw new TypeError('not a photo offer');
  const documents = offer.documents.filter(isDocumentId);
  const kept = progressOf(host.kept);
  const resumed = (kept?.log.length ?? 0) > 0;
  let progress: Progress = kept ?? {
    challenge: NOTHING_ASKED,
    until: 0,
    stepper: begin(NOTHING_ASKED),
    log: [],
    interruptions: 0,
    consentAt: 0,
  };
  let words: PhotoMessages | undefined;
  let spoken: Language | undefined;
  let analyst: Analyst | undefined;
  let camera: Camera | undefined;
  let viewfinder: Viewfinder | undefined;
  /** One stay before the camera. */
  let stay: { readonly key: string; readonly shooting: Shooting; end(): void } | undefined;
  let shownAt = 0;
  let taking = false;
  let saving = false;
  let taken: TakenShot | undefined;
  let masks: MaskBox[] = [];
  let maskEditor: PhotoModel['maskEditor'];
  let fileTrouble: FileTrouble | undefined;
  let notice: string | undefined;

  const fresh = () => Date.now() < progress.until - MARGIN;
  const collection = createCollection({
    client: host.client,
    signal,
    changed: () => update(),
    failed: (error) => host.fail(asFailure(error)),
    progress: () => progress,
    store(log) {
      progress = { ...progress, log };
      keep();
    },
  });

  function keep(): void {
    const interruptions = camera?.interruptions ?? progress.interruptions;
    progress = { ...progress, interruptions };
    host.keep(keptOf(progress));
  }

  /** Words, and what is to be taken; both are asked for while the person reads. */
  async function prepare(): Promise<void> {
    analyst ??= await startAnalyst(signal);
    if (fresh() || signal.aborted) return update();
    const challenge = await askChallenge(host.client, signal);
    progress = await renew(progress, challenge, Date.now() + challenge.expiresAt - challenge.now);
    if (!documents.some((id) => challenge.documents.some((asked) => asked.id === id))) {
      throw new IdVerifyError('unsupported/document', 'no document this build knows');
    }
    if (progress.log.length > 0) keep();
    update();
  }

  function speak(lang: Language): void {
    if (lang === spoken) return;
    spoken = lang;
    loadPhotoMessages[lang]().then(
      (loaded) => {
        if (lang !== spoken || signal.aborted) return;
        words = loaded;
        host.update();
      },
      // Words that cannot be fetched leave the ones that are there.
      (cause) => {
        if (!words) host.fail(new IdVerifyError('unavailable/network', 'no words', { cause }));
      },
    );
  }

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
    taking = false;
    saving = false;
  }

  /** Has camera and frames follow the screen, then draws it. */
  function update(): void {
    const { screen } = progress.stepper;
    const station = stationAt(progress.stepper);
    const shoots = screen.at === 'shoot' && station !== undefined && words !== undefined;
    if (shoots) {
      viewfinder ??= openViewfinder();
      camera?.start(faces(station) ? 'user' : 'environment');
    } else if (screen.at !== 'look') {
      camera?.stop();
    }
    const key = shoots ? `${station.key} ${station.gesture}` : '';
    if (stay && (stay.key !== key || camera?.state !== 'live')) {
      stay.end();
      stay = undefined;
      taking = false;
    }
    if (shoots && !stay && camera?.state === 'live' && viewfinder && analyst) {
      stay = { key, ...attend(station, camera, viewfinder, analyst) };
    }
    host.update();
  }

  function openViewfinder(): Viewfinder {
    camera = new Camera(() => update(), signal);
    return new Viewfinder(camera.video);
  }

  function attend(station: Station, open: Camera, finder: Viewfinder, judge: Analyst) {
    const over = new AbortController();
    shownAt = Date.now();
    const shooting = startShooting(
      {
        target: targetOf(station),
        timer: station.gesture !== undefined,
        camera: open,
        viewfinder: finder,
        analyst: judge,
        words: () => words as PhotoMessages,
        say: (text) => host.announce(text),
        taken: (picked) => {
          accept(shotFromFrame(picked, targetOf(station), progress.challenge, shownAt, open.facts));
        },
      },
      AbortSignal.any([signal, over.signal]),
    );
    return { shooting, end: () => over.abort() };
  }

  const targetOf = (station: Station): Target =>
    faces(station)
      ? { kind: 'face' }
      : {
          kind: 'document',
          aspect: DOCUMENTS[progress.stepper.document as DocumentId].aspect,
          thickness: station.step === 'thickness',
        };

  function accept(shot: TakenShot): void {
    const station = stationAt(progress.stepper);
    const { document } = progress.stepper;
    taken = shot;
    if (station && document) masks = masksFor(document as DocumentId, station);
    if (masks.length > 0) doing(loadMaskEditor());
    go({ type: 'taken' });
  }

  async function loadMaskEditor(): Promise<void> {
    maskEditor ??= await import('./panels/mask-editor.ts').catch((cause) => {
      throw new IdVerifyError('unavailable/network', 'the mask editor did not come', { cause });
    });
    update();
  }

  async function pickFile(): Promise<void> {
    const station = stationAt(progress.stepper);
    if (!station) return;
    const file = await chooseFile(faces(station) ? 'user' : 'environment', signal);
    if (!file || signal.aborted || station !== stationAt(progress.stepper)) return;
    fileTrouble = undefined;
    try {
      const target = targetOf(station);
      const judge = analyst ?? (await startAnalyst(signal));
      const shot = await shotFromFile(file, target, progress.challenge, shownAt, judge);
      if (station === stationAt(progress.stepper) && !signal.aborted) accept(shot);
      else release(shot.canvas);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      fileTrouble = error.trouble;
      update();
    }
  }

  async function use(): Promise<void> {
    const station = stationAt(progress.stepper);
    if (!taken || !station || saving) return;
    saving = true;
    update();
    const isNew = await collection.add(taken, station, masks);
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
        analysis: analyst?.place ?? 'none',
        interruptions: camera?.interruptions ?? progress.interruptions,
      },
      consent: { text: 'photo/1', lang: spoken ?? 'ja', at: consentAt },
    });
    // Whatever comes of it uses the challenge up; the shots stay good for another one.
    progress = { ...progress, until: 0 };
    keep();
    host.submit(body);
  }

  /** What a tap started; a failure of it ends the attempt with its reason. */
  const doing = (work: Promise<void>): void => {
    work.catch((error) => {
      if (!signal.aborted) host.fail(asFailure(error));
    });
  };

  const intents = {
    begin() {
      progress = { ...progress, consentAt: Date.now() };
      host.begin();
      doing(prepare());
    },
    chooseDocument: (document: string) => go({ type: 'choose', document }),
    shutter() {
      taking = true;
      stay?.shooting.press();
      update();
    },
    switchLens: () => camera?.switchLens(),
    switchTorch: () => doing(camera?.switchTorch() ?? Promise.resolve()),
    retryCamera: () => camera?.retry(),
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
      masks = masks.map((one) => (one.mask === mask ? { mask, ...fitBox(box) } : one));
      update();
    },
    send: () => doing(send()),
    copyLink() {
      const said = (text: string | undefined) => () => {
        notice = text;
        update();
      };
      navigator.clipboard
        .writeText(location.href)
        .then(said(words?.copied), said(words?.notCopied));
    },
    other: () => host.other(),
    cancel: () => host.cancel(),
  };

  function model(now: PhotoMessages): PhotoModel {
    const { challenge, stepper } = progress;
    return {
      ...intents,
      session,
      offer: offer as PhotoModel['offer'],
      words: now,
      documents,
      challenge: challenge === NOTHING_ASKED ? undefined : challenge,
      stepper,
      resumed,
      camera: camera ?? { state: 'off', trouble: undefined, lenses: [], torch: undefined },
      viewfinder: viewfinder?.element ?? document.createElement('div'),
      taking,
      taken,
      saving,
      masks,
      maskEditor,
      thumbnails: collection.thumbnails,
      stored: collection.stored,
      uploads: collection.uploads,
      fileTrouble,
      notice,
      transfer: host.transfer,
    };
  }

  function panel(state: 'consent' | 'awaiting', view: PanelView): PanelContent {
    speak(view.lang);
    if (!words) return loadingPanel(view);
    const photo = model(view.words('photo', { ja: words, en: words }));
    if (state === 'consent') return consentPanel(photo, view);
    const { stepper } = progress;
    const station = stationAt(stepper);
    const { screen } = stepper;
    if (screen.at === 'documents' || !station) {
      return screen.at === 'summary' ? summaryPanel(photo) : documentsPanel(photo, view);
    }
    if (screen.at === 'look' && taken) return lookPanel(photo, station, taken);
    if (screen.at === 'kept') return keptPanel(photo, station);
    const { trouble } = photo.camera;
    return trouble ? troublePanel(photo, trouble) : shootPanel(photo, station);
  }

  signal.addEventListener('abort', () => {
    stay?.end();
    letGo();
    collection.close();
  });
  return { render: panel };
}

const faces = ({ step }: Station): boolean => step === 'face' || step === 'gesture';

const asFailure = (error: unknown): IdVerifyError =>
  error instanceof IdVerifyError
    ? error
    : new IdVerifyError('unavailable/camera', 'the photo could not be made', { cause: error });
