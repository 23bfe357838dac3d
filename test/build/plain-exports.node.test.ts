import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withPlainExports } from './plain-exports.ts';

const RUNTIME = 'rolldown-runtime-DWK5is8u.js';
const maker = `import{t as e}from"./${RUNTIME}";`;

describe('namespaces become plain exports', () => {
  it('wherever they stand among other variables, and nobody makes them any more', () => {
    const chunks = withPlainExports({
      [RUNTIME]: 'export{t};',
      'a-12345678.js': `${maker}var n=e({start:()=>s}),$=e({stop:()=>stop,go:()=>g}),s=1,x=e({y:()=>y});var z=e({q:()=>q});export{n as t,$ as n,k as r,x as i,z as a};`,
      'id-verify.js':
        'import(`./a-12345678.js`).then(e=>e.t);import("./a-12345678.js").then(r=>r.n)',
    });
    assert.deepEqual(chunks, {
      'a-12345678.js': 'var s=1;export{s as start,stop,g as go,k as r,y,q};',
      'id-verify.js': 'import(`./a-12345678.js`);import("./a-12345678.js")',
    });
  });

  it('what is taken from a plain export stays', () => {
    const chunks = {
      'a-12345678.js': 'export{k as r};',
      'id-verify.js': 'import(`./a-12345678.js`).then(e=>e.r)',
    };
    assert.deepEqual(withPlainExports(chunks), chunks);
  });

  it('two names that would be one are refused', () => {
    const code = `${maker}var n=e({start:()=>s});var m=e({start:()=>u});export{n as t,m as n};`;
    assert.throws(() => withPlainExports({ 'a-12345678.js': code }), /twice/);
  });

  it('a namespace that its own chunk uses is refused', () => {
    const code = `${maker}var n=e({start:()=>s});import('./b.js').then(()=>n);export{};`;
    assert.throws(() => withPlainExports({ 'a-12345678.js': code }), /statically/);
  });
});
