/** How a site brings a face detector along. Light: part of the element's entry. */

/** In pixels of the picture, about from brow to chin. */
export interface FaceBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A detector of faces, of whatever make. */
export interface FaceAdapter {
  /** Must not keep the picture, nor close it. */
  detect(picture: ImageBitmap): Promise<readonly FaceBox[]>;
}

let load: (() => Promise<FaceAdapter>) | undefined;

/**
 * Has faces found by an adapter of the site's own, loaded when the face is about to be taken. One
 * that fails, or takes longer than 10 s, is done without.
 */
export function provideFaceAdapter(loader: (() => Promise<FaceAdapter>) | undefined): void {
  load = loader;
}

/** Loads the site's adapter; undefined where it brought none. */
export const providedFaceAdapter = (): typeof load => load;
