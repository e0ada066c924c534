/** Put in by the build wherever `Buffer` is named: not every runtime has it as a global. */
export { Buffer } from 'node:buffer';
