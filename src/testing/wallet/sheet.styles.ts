let made: CSSStyleSheet | undefined;

/** A constructed sheet, which a strict Content-Security-Policy lets through. */
export function sheetStyles(): CSSStyleSheet {
  if (!made) {
    made = new CSSStyleSheet();
    made.replaceSync(CSS);
  }
  return made;
}

const CSS = `
:host {
  color-scheme: light dark;
  --surface: light-dark(#fff, #1c1e22);
  --text: light-dark(#1a1a1c, #f2f2f4);
  --quiet: light-dark(#5a5d66, #b4b7c0);
  --line: light-dark(#d8dade, #3c4048);
  --accent: light-dark(#0031d8, #9db7ff);
  --on-accent: light-dark(#fff, #0a1240);
  --test: light-dark(#fff2cc, #4a3a00);
  --test-text: light-dark(#5c4300, #ffe08a);
}
dialog {
  box-sizing: border-box;
  inline-size: min(27rem, 100%);
  max-inline-size: 100%;
  max-block-size: min(90dvb, 46rem);
  margin: auto auto 0;
  padding: 1.25rem;
  overflow: auto;
  border: 0;
  border-radius: 1.25rem 1.25rem 0 0;
  background: var(--surface);
  color: var(--text);
  font: 1rem/1.6 system-ui, "Noto Sans JP", "Noto Sans CJK JP", sans-serif;
  box-shadow: 0 -0.5rem 2rem rgb(0 0 0 / 25%);
}
dialog::backdrop { background: rgb(0 0 0 / 45%); }
@media (min-width: 40rem) {
  dialog { margin-block-end: auto; border-radius: 1.25rem; }
}
.badge {
  display: inline-block;
  margin: 0 0 0.75rem;
  padding: 0.125rem 0.75rem;
  border: 1px dashed currentcolor;
  border-radius: 1rem;
  background: var(--test);
  color: var(--test-text);
  font-size: 0.875rem;
  font-weight: 700;
}
h2 { margin: 0; font-size: 1.25rem; line-height: 1.4; overflow-wrap: anywhere; }
h3 { margin: 0; padding: 0.75rem 1rem; border-block-end: 1px solid var(--line); font-size: 1rem; }
.requester { display: grid; margin: 0.5rem 0 1rem; color: var(--quiet); font-size: 0.875rem; }
.requester.unverified span { color: light-dark(#b3261e, #ffb4ab); font-weight: 700; }
code { overflow-wrap: anywhere; }
section { margin-block-end: 1rem; border: 1px solid var(--line); border-radius: 0.75rem; }
ul { margin: 0; padding: 0.25rem 1rem; list-style: none; }
li { display: flex; justify-content: space-between; gap: 1rem; padding-block: 0.375rem; }
small { color: var(--quiet); font-size: 0.875rem; white-space: nowrap; }
.acting { margin: 0 0 0.5rem; color: var(--quiet); font-size: 0.875rem; }
.status { margin: 0; }
.actions { display: flex; flex-wrap: wrap; gap: 0.75rem; }
button {
  flex: 1 1 8rem;
  min-block-size: 3rem;
  padding: 0.5rem 1rem;
  border: 1px solid var(--accent);
  border-radius: 0.5rem;
  background: transparent;
  color: var(--accent);
  font: inherit;
  font-weight: 700;
  cursor: pointer;
}
button.approve { background: var(--accent); color: var(--on-accent); }
button:focus-visible { outline: 3px solid light-dark(#000, #fff); outline-offset: 2px; }
button:disabled { opacity: 0.5; cursor: default; }
`;
