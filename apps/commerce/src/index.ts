export { commerce } from './commerce.definition';
