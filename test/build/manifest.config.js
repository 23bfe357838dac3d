export default {
  globs: ['src/index.ts', 'src/define.ts', 'src/element/id-verify.ts', 'src/element/events.ts'],
  outdir: 'node_modules/.cache/manifest',
  litelement: true,
  packagejson: false,
};
