export { commerce, commerce as definition } from './commerce.definition';
