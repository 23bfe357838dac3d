/** Which file is which kind of test, told by its name and place. */
export const COMPONENT_TESTS = 'src/**/!(*.node).test.ts';
export const NODE_TESTS = '{src,demo,test}/**/*.node.test.ts';
/** They drive the built script in real browsers, so they run after the build. */
export const END_TO_END_TESTS = 'test/e2e/**/*.node.test.ts';
