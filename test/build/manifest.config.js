export default {
  globs: ['src/index.ts', 'src/define.ts', 'src/id-verify.ts', 'src/events.ts'],
  outdir: 'node_modules/.cache/manifest',
  litelement: true,
  packagejson: false,
};
