/**
 * Looks of the pages on the phone: the element's colours, without its code. Nothing newer than iOS 16
 * and Android 11 know, the oldest that JPKI apps run on.
 */
export const STYLES = `
:root {
  color-scheme: light dark;
  --surface: #fff;
  --raised: #f8f8fb;
  --text: #1a1a1a;
  --quiet: #4d4d4d;
  --line: #cccccc;
  --key: #0017c1;
  --on-key: #fff;
  --bad: #a90000;
  --test: #fff4cf;
}
@media (prefers-color-scheme: dark) {
  :root {
    --surface: #1a1a1c;
    --raised: #26262b;
    --text: #f2f2f2;
    --quiet: #b3b3b3;
    --line: #4d4d4d;
    --key: #9db7f9;
    --on-key: #000060;
    --bad: #ff9696;
    --test: #3f3100;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--surface);
  color: var(--text);
  font: 1rem/1.6 "Noto Sans JP", "Noto Sans CJK JP", system-ui, sans-serif;
  overflow-wrap: anywhere;
  word-break: auto-phrase;
}
main { display: grid; gap: 1.25rem; max-inline-size: 30rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; }
h1 { margin: 0; font-size: 1.375rem; line-height: 1.4; }
p, dl, dd { margin: 0; }
.bad { color: var(--bad); font-weight: 700; }
.badge {
  justify-self: start;
  padding: 0.125rem 0.75rem;
  border: 1px dashed currentcolor;
  border-radius: 1rem;
  background: var(--test);
  font-size: 0.875rem;
  font-weight: 700;
}
.facts { display: grid; gap: 0.75rem; padding: 1rem; border: 1px solid var(--line); border-radius: 0.75rem; background: var(--raised); }
.facts dt { color: var(--quiet); font-size: 0.875rem; }
.facts dd { font-weight: 700; }
.statement { display: grid; gap: 0.75rem; padding: 1rem; border: 1px solid var(--line); border-radius: 0.75rem; font: inherit; white-space: pre-wrap; }
fieldset { display: grid; gap: 0.75rem; min-inline-size: 0; margin: 0; padding: 0; border: 0; }
legend { margin-block-end: 0.75rem; padding: 0; font-size: 1.125rem; font-weight: 700; line-height: 1.4; }
form { display: grid; gap: 0.75rem; }
.codes { display: grid; grid-template-columns: repeat(3, 1fr); gap: 0.75rem; }
.codes button { min-block-size: 4.5rem; font-size: 1.75rem; font-variant-numeric: tabular-nums; letter-spacing: 0.05em; }
button, .button {
  display: block;
  min-block-size: 3.25rem;
  padding: 0.75rem 1rem;
  border: 2px solid var(--key);
  border-radius: 0.5rem;
  background: transparent;
  color: var(--key);
  font: inherit;
  font-weight: 700;
  line-height: 1.5;
  text-align: center;
  text-decoration: none;
  cursor: pointer;
}
.primary { background: var(--key); color: var(--on-key); }
label { display: grid; gap: 0.25rem; font-weight: 700; }
label small, .hint { color: var(--quiet); font-size: 0.875rem; font-weight: 400; }
input, select {
  min-block-size: 3rem;
  inline-size: 100%;
  padding: 0.5rem 0.75rem;
  border: 1px solid var(--quiet);
  border-radius: 0.5rem;
  background: var(--surface);
  color: var(--text);
  font: inherit;
}
details { padding: 0.75rem 1rem; border: 1px dashed var(--line); border-radius: 0.75rem; }
summary { min-block-size: 2rem; font-weight: 700; cursor: pointer; }
details form { margin-block-start: 0.75rem; }
:focus-visible { outline: 3px solid var(--text); outline-offset: 2px; }
`;
