/** What `analyseFrame` reads: an `ImageData`, or anything shaped like one. */
export interface Pixels {
  /** RGBA, one byte each, row by row. */
  readonly data: Uint8ClampedArray | Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** One byte a pixel. */
export interface Plane {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** What a plane keeps of red, green and blue, in 256ths, and what it adds. */
export interface Mix {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly add: number;
}

/** Rec. 601 brightness. */
export const LUMA: Mix = { red: 77, green: 150, blue: 29, add: 0 };

/**
 * Warm against cold. A card and a table of equal brightness mostly differ here, because lamps and
 * wood are warm while prints and cloth are often cold.
 */
export const WARMTH: Mix = { red: 128, green: 0, blue: -128, add: 128 };

/** One value for each block of `factor` × `factor` pixels, of `rows` rows from `top`. */
export function toPlane(
  pixels: Pixels,
  mix: Mix,
  top: number,
  rows: number,
  factor: number,
): Plane {
  const { red, green, blue, add } = mix;
  const width = Math.floor(pixels.width / factor);
  const height = Math.floor(rows / factor);
  const data = new Uint8Array(width * height);
  const source = pixels.data;
  const stride = pixels.width * 4;
  const scale = 1 / (256 * factor * factor);
  for (let y = 0, at = 0; y < height; y++) {
    let block = (top + y * factor) * stride;
    for (let x = 0; x < width; x++, at++, block += factor * 4) {
      let sum = 0;
      for (let row = 0; row < factor; row++) {
        let from = block + row * stride;
        for (let column = 0; column < factor; column++, from += 4)
          sum +=
            red * (source[from] ?? 0) +
            green * (source[from + 1] ?? 0) +
            blue * (source[from + 2] ?? 0);
      }
      data[at] = sum * scale + add + 0.5;
    }
  }
  return { data, width, height };
}
