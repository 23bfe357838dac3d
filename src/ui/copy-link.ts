/**
 * Puts a link where it can be pasted.
 * @returns whether it is there; not every browser inside an app has a clipboard at all
 */
export async function copyLink(link: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(link);
    return true;
  } catch {
    return false;
  }
}
