/** A picture somebody chose instead of the camera. Proves much less, and is marked as such. */

export type FileTrouble = 'heic' | 'unreadable' | 'large' | 'repeated';

export class FileError extends Error {
  readonly trouble: FileTrouble;

  constructor(trouble: FileTrouble, options?: ErrorOptions) {
    super(trouble, options);
    this.trouble = trouble;
  }
}

/** Decoding takes memory many times this. */
const LARGEST = 40_000_000;

/** Asks for one file; undefined if none was chosen. To be called in the task of a tap. */
export function chooseFile(
  facing: 'environment' | 'user',
  signal: AbortSignal,
): Promise<File | undefined> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = 'image/jpeg,image/png,image/webp';
  input.setAttribute('capture', facing);
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0]), { signal });
    input.addEventListener('cancel', () => resolve(undefined), { signal });
    input.click();
  });
}

/** @throws FileError */
export async function openPicture(file: Blob): Promise<ImageBitmap> {
  if (file.size > LARGEST) throw new FileError('large');
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch (cause) {
    throw new FileError((await isHeic(file)) ? 'heic' : 'unreadable', { cause });
  }
}

/** By its first bytes (ISO/IEC 14496-12 `ftyp`), since names and types are often missing. */
async function isHeic(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(4, 12).arrayBuffer());
  return /^ftyp(hei[cfmsx]|hev[cmsx]|mif1|msf1)/.test(String.fromCharCode(...head));
}
