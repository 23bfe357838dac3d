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

/** A frame's two aspects, of the same size. */
export interface Planes {
  /** Rec. 601 brightness. */
  readonly luma: Plane;
  /**
   * Warm against cold, 128 between them. A card and a table of equal brightness mostly differ here,
   * because lamps and wood are warm while prints and cloth are often cold.
   */
  readonly warmth: Plane;
}

/** One value for each block of `factor` × `factor` pixels, of `rows` rows from `top`. */
export function toPlanes(pixels: Pixels, top: number, rows: number, factor: number): Planes {
  const width = Math.floor(pixels.width / factor);
  const height = Math.floor(rows / factor);
  const luma = new Uint8Array(width * height);
  const warmth = new Uint8Array(width * height);
  const source = wholePixels(pixels);
  const scale = 1 / (256 * factor * factor);
  const rowEnd = factor * pixels.width;
  for (let y = 0, at = 0; y < height; y++) {
    let block = (top + y * factor) * pixels.width;
    for (let x = 0; x < width; x++, at++, block += factor) {
      let red = 0;
      let green = 0;
      let blue = 0;
      const end = block + rowEnd;
      for (let row = block; row < end; row += pixels.width) {
        // Red and blue are added up in one number.
        let pair = 0;
        for (let from = row; from < row + factor; from++) {
          const pixel = source[from] ?? 0;
          pair += pixel & 0xff00ff;
          green += (pixel >> 8) & 0xff;
        }
        red += pair & 0xffff;
        blue += pair >>> 16;
      }
      luma[at] = (77 * red + 150 * green + 29 * blue) * scale + 0.5;
      warmth[at] = (red - blue) * 128 * scale + 128.5;
    }
  }
  return { luma: { data: luma, width, height }, warmth: { data: warmth, width, height } };
}

/** Each pixel as one number, red in its lowest byte: browsers and Node run on little-endian machines. */
function wholePixels({ data }: Pixels): Int32Array {
  // Not slice(): that of Node's Buffer shares its memory.
  const aligned = data.byteOffset % 4 === 0 ? data : new Uint8Array(data);
  return new Int32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
}
