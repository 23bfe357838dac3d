/**
 * Builds of one source. `cdn`: the one tag, everything inside, parts that the first screen does not
 * need as chunks beside it. `all`: the same as one file, for `integrity` to cover whole. `package`:
 * one module per source file for bundlers and servers, dependencies left to them.
 */
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MinifyOptions } from 'terser';
import { defineConfig, type UserConfig } from 'vite';
import manifest from './package.json' with { type: 'json' };
import { sourceEntries } from './test/build/entries.ts';
import { inlineWorker } from './test/build/inline-worker.ts';
import { noEval } from './test/build/no-eval.ts';
import { smallest } from './test/build/smallest.ts';
import { templateText } from './test/build/template-text.ts';

const source = (path: string) => fileURLToPath(new URL(`src/${path}`, import.meta.url));

/** `browserslist` of package.json, the one place of it, as the bundler names them. */
const browsers = manifest.browserslist.map((browser) =>
  browser.replace('ios_saf', 'ios').replace(' >= ', ''),
);

const shared = {
  // A worker's script stands beside the others, wherever a site puts them.
  base: './',
  publicDir: false,
  plugins: [noEval(), templateText()],
  build: { target: browsers, emptyOutDir: false, license: { fileName: 'licenses.md' } },
} satisfies UserConfig;

/** After the bundler's own minifier: 2 % less, and every byte of it is somebody's first screen. */
const MINIFY: MinifyOptions = {
  module: true,
  ecma: 2020,
  compress: {
    passes: 3,
    keep_fargs: false,
    pure_getters: true,
    // Comparisons stay as they are written, which are more alike.
    lhs_constants: false,
    // Nothing here is made with `new` of a function expression, which alone tells it from an arrow.
    unsafe_arrows: true,
  },
  format: { comments: /^!/ },
};

/**
 * Folders that are fetched whole, each with what its files import and no folder before it has. What
 * a folder imports when it is asked to stays apart: other languages, parts of a method.
 */
const CHUNKS = [
  'ui',
  'session',
  'screens/later',
  'screens/trouble',
  'methods',
  'methods/wallet/page',
  'methods/handoff/page',
  'methods/handoff/page/transfer',
  'methods/photo/page',
] as const;

const chunkOf = (folder: string, index: number) => ({
  name: folder.replace(/\/page$/, '').replace(/^.*\//, ''),
  priority: CHUNKS.length - 1 - index,
  test: (file: string) => dirname(file) === source(folder) && basename(file) !== 'en.ts',
});

/** What both ways of publishing the one tag share. */
const tag = {
  ...shared,
  worker: {
    rolldownOptions: { output: { minify: true, entryFileNames: '[name]-[hash:6].js' } },
  },
  build: {
    ...shared.build,
    outDir: 'dist/cdn',
    lib: { entry: 'src/define.ts', formats: ['es'] },
  },
} satisfies UserConfig;

const tagOutput = {
  // A library build keeps white space unless told.
  minify: true,
  comments: false,
  postBanner: ({ isEntry }: { isEntry: boolean }) =>
    isEntry ? `/*! id-verify ${manifest.version} | ${manifest.license} | licenses.md */` : '',
} as const;

const cdn: UserConfig = {
  ...tag,
  plugins: [...shared.plugins, smallest(MINIFY)],
  build: {
    ...tag.build,
    rolldownOptions: {
      // What parts share with the element stays in the one file: fewer requests, better compressed.
      preserveEntrySignatures: 'allow-extension',
      output: {
        ...tagOutput,
        entryFileNames: 'id-verify.js',
        // Of 64 signs each; in every file that names another they are what does not compress.
        chunkFileNames: '[name]-[hash:6].js',
        codeSplitting: {
          groups: [
            { name: 'id-verify', tags: ['$initial' as const], priority: CHUNKS.length },
            ...CHUNKS.map(chunkOf),
          ],
        },
      },
    },
  },
};

const all: UserConfig = {
  ...tag,
  plugins: [...shared.plugins, smallest(MINIFY), inlineWorker()],
  build: {
    ...tag.build,
    rolldownOptions: {
      output: { ...tagOutput, entryFileNames: 'id-verify.all.js', codeSplitting: false },
    },
  },
};

/** The wallet's script for a page of one's own, and the page that `id-verify dev` brings along. */
const pages: UserConfig = {
  ...shared,
  build: {
    ...shared.build,
    outDir: 'dist/testing/page',
    lib: {
      entry: { wallet: 'src/testing/wallet/page.ts', main: 'demo/page/main.ts' },
      formats: ['es'],
    },
    rolldownOptions: { output: { minify: true } },
  },
};

/** The whole demo, server and all, for any host of files. */
const staticDemo: UserConfig = {
  ...shared,
  build: {
    ...shared.build,
    outDir: 'demo-static/testing',
    // What is no entry has no effects, says `sideEffects` of package.json.
    lib: { entry: { main: 'demo/static/main.ts', page: 'demo/page/main.ts' }, formats: ['es'] },
    rolldownOptions: { output: { minify: true } },
  },
};

const packages = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
const external = new RegExp(`^(node:|(${packages.join('|')})(/|$))`);

const library: UserConfig = {
  ...shared,
  build: {
    ...shared.build,
    outDir: 'dist',
    sourcemap: true,
    minify: false,
    lib: { entry: sourceEntries(), formats: ['es'] },
    rolldownOptions: {
      external,
      output: {
        preserveModules: true,
        preserveModulesRoot: fileURLToPath(new URL('src', import.meta.url)),
        // npm never publishes a folder named node_modules.
        entryFileNames: ({ name }) => `${name.replace(/^.*node_modules\//, 'vendor/')}.js`,
      },
    },
  },
};

const BUILDS: Readonly<Record<string, UserConfig>> = { cdn, all, pages, static: staticDemo };

export default defineConfig(({ mode }) => BUILDS[mode] ?? library);
