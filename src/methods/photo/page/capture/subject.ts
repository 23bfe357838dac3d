/** What is to be shot now, and what follows from it for the camera. */
import { DOCUMENTS, type DocumentId } from '../../documents.ts';
import type { DocumentShape } from '../analysis/index.ts';
import type { Facing } from '../camera/open-stream.ts';
import type { Station } from '../stepper.ts';
import type { Task } from './judgement.ts';

export interface Subject {
  readonly station: Station;
  readonly task: Task;
  readonly facing: Facing;
  /** Frames are counted down to, so that the person can move first. */
  readonly timer: boolean;
  /** Of the picture that is made, in pixels. */
  readonly maxLongSide: number;
}

export function subjectOf(document: DocumentId, station: Station, maxLongSide: number): Subject {
  const face = station.step === 'face' || station.step === 'gesture';
  const { aspect, widthMm, machineReadable } = DOCUMENTS[document];
  const shape: DocumentShape = { aspect, widthMm, machineReadable };
  return {
    station,
    task: face
      ? { kind: 'face' }
      : { kind: 'document', ...shape, thickness: station.step === 'thickness' },
    facing: face ? 'user' : 'environment',
    timer: station.gesture !== undefined,
    maxLongSide,
  };
}
