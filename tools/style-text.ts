/** A bundler leaves template literals alone, so the white space of `css` would travel with them. */
import type { Plugin } from 'vite';

const STYLES = /(\bcss`)([^`]*)`/g;

/** @param source a module whose `css` literals hold no strings with white space that matters */
export function withoutStyleSpace(source: string): string {
  return source.replace(
    STYLES,
    (_all, opening: string, text: string) => `${opening}${tighten(text)}\``,
  );
}

/** Space is a combinator in selectors, so it goes only beside characters that are none. */
function tighten(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replaceAll(';}', '}')
    .trim();
}

export function styleText(): Plugin {
  return {
    name: 'style-text',
    transform(code, id) {
      return id.endsWith('.ts') ? { code: withoutStyleSpace(code), map: null } : null;
    },
  };
}
