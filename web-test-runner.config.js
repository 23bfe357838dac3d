export { default } from './test/component-tests.ts';
