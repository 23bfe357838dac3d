/**
 * Lit as the one tag carries it: without its ways for browsers that cannot adopt style sheets or have
 * no shadow roots, where this element could not be drawn anyway. The minifier drops what these
 * answers leave unreachable.
 */
import type { Plugin } from 'vite';

const ANSWERED: Readonly<Record<string, readonly (readonly [asked: string, answer: string])[]>> = {
  '/@lit/reactive-element/css-tag.js': [
    [
      't.ShadowRoot&&(void 0===t.ShadyCSS||t.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype',
      '!0',
    ],
    // Style sheets are made of our own literals only.
    [
      ',o!==s)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");',
      ',0);',
    ],
    [
      `(t=>{if(!0===t._$cssResult$)return t.cssText;if("number"==typeof t)return t;throw Error("Value passed to 'css' function must be a 'css' function result: "+t+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(s)`,
      's',
    ],
  ],
  '/@lit/reactive-element/reactive-element.js': [
    ['a.reactiveElementPolyfillSupport', 'void 0'],
    // Of properties there are texts and flags.
    ['case Object:case Array:t=null==t?t:JSON.stringify(t)', ''],
    [
      'case Number:i=null===t?null:Number(t);break;case Object:case Array:try{i=JSON.parse(t)}catch(t){i=null}',
      '',
    ],
  ],
  '/lit-html/lit-html.js': [
    ['t.litHtmlPolyfillSupport', 'void 0'],
    ['(t.litHtmlVersions??=[]).push("3.3.3")', '0'],
  ],
  '/lit-element/lit-element.js': [
    ['s.litElementHydrateSupport', '(void 0)'],
    ['s.litElementPolyfillSupport', 'void 0'],
    ['(s.litElementVersions??=[]).push("4.2.2")', '0'],
  ],
};

/** @throws Error where the published file is another one than this was written for */
export function withoutFallbacks(source: string, id: string): string | undefined {
  const [, answered] = Object.entries(ANSWERED).find(([file]) => id.endsWith(file)) ?? [];
  return answered?.reduce((text, [asked, answer]) => {
    if (!text.includes(asked)) throw new Error(`${id} has changed: no ${asked}`);
    return text.replace(asked, answer);
  }, source);
}

export function leanLit(): Plugin {
  return {
    name: 'lean-lit',
    transform(source, id) {
      const code = withoutFallbacks(source, id);
      return code === undefined ? null : { code, map: null };
    },
  };
}
