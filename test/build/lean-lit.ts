/**
 * Lit as the one tag carries it: without its ways for browsers that cannot adopt style sheets or have
 * no shadow roots, where this element could not be drawn anyway, and without what none of our
 * templates and no property of ours uses. The minifier drops what these answers leave unreachable.
 */
import type { Plugin } from 'vite';

type Answers = readonly (readonly [asked: string, answer: string])[];

const STYLES: Answers = [
  [
    't.ShadowRoot&&(void 0===t.ShadyCSS||t.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype',
    '!0',
  ],
  // Style sheets are made of our own literals only, once each.
  [
    'this._$cssResult$=!0,o!==s)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");',
    '0);',
  ],
  [
    'get styleSheet(){let t=this.o;const s=this.t;if(e&&void 0===t){const e=void 0!==s&&1===s.length;e&&(t=o.get(s)),void 0===t&&((this.o=t=new CSSStyleSheet).replaceSync(this.cssText),e&&o.set(s,t))}return t}toString(){return this.cssText}',
    'get styleSheet(){return this.o||(this.o=new CSSStyleSheet).replaceSync(this.cssText),this.o}',
  ],
  ['this.cssText=t,this.t=e', 'this.cssText=t'],
  ['new n("string"==typeof t?t:t+"",void 0,s)', 'new n(t)'],
  [
    `(t,...e)=>{const o=1===t.length?t[0]:e.reduce((e,s,o)=>e+(t=>{if(!0===t._$cssResult$)return t.cssText;if("number"==typeof t)return t;throw Error("Value passed to 'css' function must be a 'css' function result: "+t+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(s)+t[o+1],t[0]);return new n(o,t,s)}`,
    't=>new n(t[0])',
  ],
  [',o=new WeakMap;', ';'],
];

const ELEMENT: Answers = [
  ['a.reactiveElementPolyfillSupport', 'void 0'],
  ['(a.reactiveElementVersions??=[]).push("2.1.2")', '0'],
  // What browsers with trusted types want of scripts' attributes, none of which is ours.
  ['l=c?c.emptyScript:""', 'l=""'],
  // Of properties there are texts and flags, none with a converter or a default of its own.
  ['case Object:case Array:t=null==t?t:JSON.stringify(t)', ''],
  [
    'case Number:i=null===t?null:Number(t);break;case Object:case Array:try{i=JSON.parse(t)}catch(t){i=null}',
    '',
  ],
  ['(void 0!==i.converter?.toAttribute?i.converter:u)', 'u'],
  [
    '"function"==typeof t.converter?{fromAttribute:t.converter}:void 0!==t.converter?.fromAttribute?t.converter:u',
    'u',
  ],
  ['converter:u,', ''],
  [',useDefault:!1,hasChanged:f}', '}'],
  ['(i.hasChanged??f)(h,s)', 'f(h,s)'],
  [',!s.noAccessor){', '){'],
  ['r??this._$Ej?.get(e)??r', 'r'],
  ['||i.useDefault&&i.reflect&&h===this._$Ej?.get(t)&&!this.hasAttribute(r._$Eu(t,i))', ''],
  [
    'C(t,s,{useDefault:i,reflect:e,wrapped:h},r){i&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,r??s??this[t]),!0!==h||void 0!==r)||(this._$AL.has(t)||(this.hasUpdated||i||(s=void 0),this._$AL.set(t,s)),!0===e&&this._$Em!==t&&(this._$Eq??=new Set).add(t))}',
    'C(t,s,{reflect:e}){this._$AL.has(t)||this._$AL.set(t,this.hasUpdated?s:void 0),e&&this._$Em!==t&&(this._$Eq??=new Set).add(t)}',
  ],
  ['[...r(t),...o(t)]', 'r(t)'],
  // Updates are never put off, and no controller of ours takes part in them.
  [
    'const t=this.scheduleUpdate();return null!=t&&await t,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}',
    'return this.performUpdate(),!this.isUpdatePending}',
  ],
  ['this._$EO?.forEach(t=>t.hostUpdate?.()),', ''],
  ['this._$EO?.forEach(t=>t.hostUpdated?.()),', ''],
  ['s.state&&(s.attribute=!1),', ''],
  // Decorators, which nothing here is written with.
  ['Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;', ''],
  [
    'const t=this[Symbol.metadata];if(null!==t){const s=litPropertyMetadata.get(t);if(void 0!==s)for(const[t,i]of s)this.elementProperties.set(t,i)}',
    '',
  ],
  ['static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}', ''],
  ['void 0!==t.l&&(this.l=[...t.l]),', ''],
  [',this.constructor.l?.forEach(t=>t(this))', ''],
  ['removeController(t){this._$EO?.delete(t)}', ''],
  [
    'const i=[];if(Array.isArray(s)){const e=new Set(s.flat(1/0).reverse());for(const s of e)i.unshift(t(s))}else void 0!==s&&i.push(t(s));return i',
    'return[s].flat()',
  ],
];

const TEMPLATES: Answers = [
  ['t.litHtmlPolyfillSupport', 'void 0'],
  ['(t.litHtmlVersions??=[]).push("3.3.3")', '0'],
  ['3===i?"<math>":', ''],
  ['3===i?"</math>":', ''],
  ['2===i||3===i', '2===i'],
  // Directives, and all that only they are told.
  [
    'function M(t,i,s=t,e){if(i===E)return i;let h=void 0!==e?s._$Co?.[e]:s._$Cl;const o=a(i)?void 0:i._$litDirective$;return h?.constructor!==o&&(h?._$AO?.(!1),void 0===o?h=void 0:(h=new o(t),h._$AT(t,s,e)),void 0!==e?(s._$Co??=[])[e]=h:s._$Cl=h),void 0!==h&&(i=M(t,h._$AS(t,i.values),h,e)),i}',
    '',
  ],
  ['t=M(this,t,i),a(t)', 'a(t)'],
  ['t=M(this,t,i,0),o=', 'o='],
  ['r=M(this,e[s+n],i,n)', 'r=e[s+n]'],
  ['(t=M(this,t,i,0)??A)', '(t=t??A)'],
  ['_$AI(t){M(this,t)}', ''],
  ['L:N,R,D:d,V:M,', ''],
  // Which kind a part is only they ask.
  ['this.type=2,this._$AH', 'this._$AH'],
  ['this.type=1,this._$AH', 'this._$AH'],
  ['constructor(){super(...arguments),this.type=3}', ''],
  ['constructor(){super(...arguments),this.type=4}', ''],
  ['constructor(t,i,s,e,h){super(t,i,s,e,h),this.type=5}', ''],
  ['this._$AV=[],this._$AN=void 0,', 'this._$AV=[],'],
  ['get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(', 'u('],
  ['class k{get _$AU(){return this._$AM?._$AU??this._$Cv}', 'class k{'],
  ['this._$AH=A,this._$AN=void 0,this._$AA', 'this._$AH=A,this._$AA'],
  ['this.options=e,this._$Cv=e?.isConnected??!0}', 'this.options=e}'],
  [
    'get parentNode(){let t=this._$AA.parentNode;const i=this._$AM;return void 0!==i&&11===t?.nodeType&&(t=i.parentNode),t}get startNode(){return this._$AA}get endNode(){return this._$AB}',
    '',
  ],
  ['t=this._$AA.nextSibling,s){for(this._$AP?.(!1,!0,s);', 't=this._$AA.nextSibling){for(;'],
  ['this._$AR(s&&s._$AB.nextSibling,e)', 'this._$AR(s&&s._$AB.nextSibling)'],
  ['setConnected(t){void 0===this._$AM&&(this._$Cv=t,this._$AP?.(t))}', ''],
  ['get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}', ''],
  ['this._$AH=A,this._$AN=void 0,this.element', 'this._$AH=A,this.element'],
  // Bindings of a whole tag or in comments, and tags whose content is no markup.
  ['else t.startsWith(o)&&(d.push({type:6,index:l}),r.removeAttribute(t))', ''],
  [':6===r.type&&(i=new Z(h,this,t))', ':0'],
  [
    'else{let t=-1;for(;-1!==(t=r.data.indexOf(o,t+1));)d.push({type:7,index:l}),t+=o.length-1}',
    '',
  ],
  ['(y.test(u[2])&&(n=RegExp("</"+u[2],"g")),c=p)', '(c=p)'],
  [
    'if(y.test(r.tagName)){const t=r.textContent.split(o),i=t.length-1;if(i>0){r.textContent=s?s.emptyScript:"";for(let s=0;s<i;s++)r.append(t[s],c()),P.nextNode(),d.push({type:2,index:++l});r.append(t[i],c())}}',
    '',
  ],
  // The value that leaves things as they are.
  ['t!==this._$AH&&t!==E&&this._(t)', 't!==this._$AH&&this._(t)'],
  ['||t!==this._$AH&&t!==E,', '||t!==this._$AH,'],
  ['r===E&&(r=this._$AH[n]),', ''],
  ['if((t=t??A)===E)return;', 't??=A;'],
  // What is drawn stands last where it is drawn.
  ['s?.renderBefore??i;', 'i;'],
  ['s?.renderBefore??null', 'null'],
  // Templates compiled ahead.
  [
    '"number"==typeof s?this._$AC(t):(void 0===s.el&&(s.el=S.createElement(V(s.h,s.h[0]),this.options)),s)',
    'this._$AC(t)',
  ],
  // Whatever listens is a function.
  ['||t.capture!==s.capture||t.once!==s.once||t.passive!==s.passive', ''],
  [
    '"function"==typeof this._$AH?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)',
    'this._$AH(t)',
  ],
];

const LIT_ELEMENT: Answers = [
  // Nothing stands in the root but what is drawn there.
  [
    'createRenderRoot(){const t=super.createRenderRoot();return this.renderOptions.renderBefore??=t.firstChild,t}',
    '',
  ],
  ['s.litElementHydrateSupport', '(void 0)'],
  ['s.litElementPolyfillSupport', 'void 0'],
  ['(s.litElementVersions??=[]).push("4.2.2")', '0'],
  // Only directives want to know.
  ['this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),', ''],
  [
    'connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}',
    '',
  ],
];

const ANSWERED: Readonly<Record<string, Answers>> = {
  '/@lit/reactive-element/css-tag.js': STYLES,
  '/@lit/reactive-element/reactive-element.js': ELEMENT,
  '/lit-html/lit-html.js': TEMPLATES,
  '/lit-element/lit-element.js': LIT_ELEMENT,
};

/** What of Lit our own modules could not use any more. */
const LEFT_OUT =
  /from 'lit\/|css`[^`]*\$\{|<(script|style|textarea|title)\b|<!--|handleEvent|mathml|addInitializer|removeController|converter:|useDefault|hasChanged|noAccessor|noChange|renderBefore|hostUpdate|scheduleUpdate/;

/** @throws Error where the published file is another one than this was written for */
export function withoutFallbacks(source: string, id: string): string | undefined {
  const [, answered] = Object.entries(ANSWERED).find(([file]) => id.endsWith(file)) ?? [];
  return answered?.reduce((text, [asked, answer]) => {
    if (!text.includes(asked)) throw new Error(`${id} has changed: no ${asked}`);
    return text.replace(asked, () => answer);
  }, source);
}

/** @throws Error where a module of ours uses what is left out */
export function mustDoWithout(source: string, id: string): void {
  const [used] = (/from 'lit[/']/.test(source) && LEFT_OUT.exec(source)) || [];
  if (used) throw new Error(`${id} uses what lean-lit.ts leaves out: ${used}`);
}

export function leanLit(): Plugin {
  return {
    name: 'lean-lit',
    enforce: 'pre',
    transform(source, id) {
      if (/\/src\/.*\.ts$/.test(id)) mustDoWithout(source, id);
      const code = withoutFallbacks(source, id);
      return code === undefined ? null : { code, map: null };
    },
  };
}
