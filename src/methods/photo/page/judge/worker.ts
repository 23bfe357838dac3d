/** The worker's side: frames come in, judgements go out, and the frames with them. */
import type { Task } from '../capture/judgement.ts';
import { Meter } from './measure.ts';

export interface Question {
  readonly id: number;
  readonly picture: ImageBitmap;
  readonly task: Task;
  readonly width: number;
}

/** The little of a worker's scope that is used; its own library would contradict the page's. */
interface Scope {
  onmessage: ((event: MessageEvent<Question>) => void) | null;
  postMessage(message: unknown, transfer?: Transferable[]): void;
}

const scope = globalThis as unknown as Scope;
const meter = new Meter();

scope.onmessage = ({ data: { id, picture, task, width } }) => {
  try {
    const measured = meter.judge(meter.grab(picture, width), task);
    scope.postMessage({ id, picture, measured }, [picture]);
  } catch {
    scope.postMessage({ id, picture }, [picture]);
  }
};
scope.postMessage('ready');
