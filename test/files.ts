/** Which file is which kind of test, told by its name and place. */
export const COMPONENT_TESTS = 'src/**/!(*.node).test.ts';
export const NODE_TESTS = '{src,demo,test}/**/*.node.test.ts';
/** They drive what was built, in real browsers or as it is published, so they run after the build. */
export const END_TO_END_TESTS = 'test/{e2e,kit}/**/*.node.test.ts';
