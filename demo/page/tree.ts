/** Decoded data as a tree one can open; text only, never markup. */

/** @param open how many levels are open at first */
export function tree(value: unknown, open = 2): HTMLElement {
  if (typeof value !== 'object' || value === null) return leaf(value);
  if (isBytes(value)) return make('code', `h'${value.hex}' (${value.bytes} B)`, 'bytes');
  const entries = Object.entries(value);
  if (entries.length === 0) return make('code', Array.isArray(value) ? '[]' : '{}');
  const list = make('ul', '', 'tree');
  for (const [key, item] of entries) list.append(row(key, item, open));
  return list;
}

function row(key: string, item: unknown, open: number): HTMLElement {
  const line = document.createElement('li');
  const inner = tree(item, open - 1);
  const name = make('span', key, 'key');
  if (inner.tagName !== 'UL') {
    line.append(name, inner);
    return line;
  }
  const details = document.createElement('details');
  details.open = open > 0;
  const summary = document.createElement('summary');
  summary.append(name, make('small', `${inner.childElementCount}`));
  details.append(summary, inner);
  line.append(details);
  return line;
}

const leaf = (value: unknown): HTMLElement =>
  make('code', typeof value === 'string' ? `"${value}"` : String(value), typeof value);

interface ShownBytes {
  readonly bytes: number;
  readonly hex: string;
}
const isBytes = (value: object): value is ShownBytes =>
  'bytes' in value && 'hex' in value && typeof value.bytes === 'number';

/** An element with a text and a class. */
export function make(tag: string, text: string, className = ''): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  if (className) element.className = className;
  return element;
}
