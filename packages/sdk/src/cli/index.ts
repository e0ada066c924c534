export { askCollector } from './ask-collector.ts';
export { fakeAnswer } from './fake-answers.ts';
export { findClients } from './find-clients.ts';
export { PROBE_MARK } from './judge-probe.ts';
export type { ProbeOutcome } from './judge-probe.ts';
export { readArguments, USAGE } from './read-arguments.ts';
export { writeReport } from './report.ts';
export { runDoctor } from './run-doctor.ts';
export { runProbe } from './run-probe.ts';
