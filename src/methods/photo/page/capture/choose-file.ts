/** A picture somebody chose instead of the camera. Proves much less, and is marked as such. */

export type FileTrouble = 'heic' | 'unreadable' | 'large' | 'small' | 'repeated';

export class FileError extends Error {
  readonly trouble: FileTrouble;

  constructor(trouble: FileTrouble, options?: ErrorOptions) {
    super(trouble, options);
    this.trouble = trouble;
  }
}

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
