/** What a TypeScript module imports, read from its text; formatting is what the formatter leaves. */
export interface Import {
  readonly specifier: string;
  /** `type` disappears at run time, `static` loads at once, `dynamic` when asked. */
  readonly kind: 'type' | 'static' | 'dynamic';
}

export const COMMENTS = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;
const STATIC =
  /^(?:import|export)\s(?<type>type\s)?(?:[^'";]*?\sfrom\s)?['"](?<specifier>[^'"]+)['"]/gm;
const INLINE = /(?<type>typeof\s+)?\bimport\(\s*['"](?<specifier>[^'"]+)['"]/g;

export function importsOf(source: string): Import[] {
  const code = source.replace(COMMENTS, '');
  return [
    ...Array.from(code.matchAll(STATIC), ({ groups }) => entry(groups, 'static')),
    ...Array.from(code.matchAll(INLINE), ({ groups }) => entry(groups, 'dynamic')),
  ];
}

function entry(groups: Record<string, string> | undefined, kind: Import['kind']): Import {
  return { specifier: groups?.specifier ?? '', kind: groups?.type ? 'type' : kind };
}
