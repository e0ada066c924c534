// Take a batch from the wire to the store.
export { acceptBatch, type AcceptBatchDeps, type Sender } from './accept-batch.ts';
export { createGroupCommit, GROUP_COMMIT_LIMITS, type GroupCommit, type GroupCommitLimits } from './group-commit.ts';

// Let in no more than fits.
export { ADMISSION_LIMITS, createAdmission, type Admission, type Room } from './create-admission.ts';

// Hear of events as they are committed.
export { createLiveFeed, type LiveFeed } from './live-feed.ts';

// What can go wrong with a batch as a whole.
export { InvalidBatchError, OverloadedError } from '../failures.ts';
