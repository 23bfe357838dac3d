export { default } from './component-tests.ts';
