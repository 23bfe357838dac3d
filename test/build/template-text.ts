/** A bundler leaves template literals alone, so the white space of `css` and `html` would travel. */
import { type Plugin, parseSync } from 'vite';

const TIGHTENED: Readonly<Record<string, (text: string) => string>> = {
  css: tightenStyles,
  html: oneSpace,
  svg: oneSpace,
};

/** @param source a module without strings, in its `css` and `html`, whose white space matters */
export function withoutTemplateSpace(source: string): string {
  const { program } = parseSync('module.ts', source);
  const found = [...literals(program)].sort((a, b) => b.start - a.start);
  return found.reduce((code, { start, raw, tighten }) => {
    const from = source.indexOf(raw, start);
    return code.slice(0, from) + tighten(raw) + code.slice(from + raw.length);
  }, source);
}

interface Literal {
  /** At its text or at the mark before. */
  readonly start: number;
  readonly raw: string;
  readonly tighten: (text: string) => string;
}

interface Node {
  readonly type?: string;
  readonly tag?: { readonly name?: string };
  readonly quasi?: {
    readonly quasis: readonly {
      readonly start: number;
      readonly value: { readonly raw: string };
    }[];
  };
}

function* literals(node: unknown): Generator<Literal> {
  if (typeof node !== 'object' || node === null) return;
  const { type, tag, quasi } = node as Node;
  const tighten = type === 'TaggedTemplateExpression' && TIGHTENED[tag?.name ?? ''];
  if (tighten && quasi) {
    for (const { start, value } of quasi.quasis) yield { start, raw: value.raw, tighten };
  }
  for (const child of Object.values(node)) yield* literals(child);
}

/** Space is a combinator in selectors, so it goes only beside characters that are none. */
function tightenStyles(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/([ ,:(-])0\./g, '$1.')
    .replaceAll(';}', '}')
    .trim();
}

/** Elements no rule of ours makes part of a line: space around and at the ends of them is not drawn. */
const BLOCK =
  / ?(<\/?(?:p|div|ul|ol|li|dl|dt|dd|section|header|h2|h3|fieldset|details)\b[^<>]*>) ?/g;

/** In markup one space is as good as many, and between blocks and at the end of a tag none. */
function oneSpace(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(BLOCK, '$1')
    .replace(/(^|") >/g, '$1>');
}

export function templateText(): Plugin {
  return {
    name: 'template-text',
    enforce: 'pre',
    transform(code, id) {
      return id.endsWith('.ts') ? { code: withoutTemplateSpace(code), map: null } : null;
    },
  };
}
