export { createBaggageWriter, type BaggageWriter } from './create-baggage-writer.ts';
export { exportContext } from './export-context.ts';
export { findInBaggage } from './find-in-baggage.ts';
export { importContext } from './import-context.ts';
