/** Names the analysis in the manifest; grows when the same picture would be judged otherwise. */
export const ALGORITHM = 'id-verify-1';
