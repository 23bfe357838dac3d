/** Small pictures of what was accepted, by station; their pixels are freed as soon as can be. */
import { draw, release } from '../capture/shot.ts';

const LONG_SIDE = 160;

export class Thumbnails {
  readonly pictures = new Map<string, HTMLCanvasElement>();

  keep(station: string, canvas: HTMLCanvasElement): void {
    const before = this.pictures.get(station);
    const { width, height } = canvas;
    this.pictures.set(station, draw(canvas, { x: 0, y: 0, width, height }, LONG_SIDE));
    if (before) release(before);
  }

  clear(): void {
    for (const canvas of this.pictures.values()) release(canvas);
    this.pictures.clear();
  }
}
