/**
 * lean-qr as the one tag carries it: the core that draws modules. We encode links as bytes ourselves
 * and paint a path, so its ways to choose an encoding and its pictures are left out: half its size.
 */
import type { Plugin } from 'vite';

/** Each begins and ends where the published file says; the end itself stays. */
const LEFT_OUT = [
  { from: ',s=t=>"0123456789', to: ',C=()=>({F:', by: '' },
  { from: ',toString({on:', to: '}),z=[', by: '' },
  { from: '"string"==typeof t&&(', to: 'for(let n=s,l=0;', by: '0;' },
  { from: ';P.with=', to: '}', by: ';export{e as correction,P as generate' },
] as const;

/** @throws Error where the published file is another one than this was written for */
export function onlyCore(source: string): string {
  return LEFT_OUT.reduce((text, { from, to, by }) => {
    const start = text.indexOf(from);
    const end = from === ';P.with=' ? text.lastIndexOf(to) : text.indexOf(to, start);
    if (start < 0 || end < start) throw new Error(`lean-qr has changed: no ${from}`);
    return text.slice(0, start) + by + text.slice(end);
  }, source);
}

export function leanQr(): Plugin {
  return {
    name: 'lean-qr',
    transform: (code, id) =>
      id.endsWith('/lean-qr/index.mjs') ? { code: onlyCore(code), map: null } : null,
  };
}
