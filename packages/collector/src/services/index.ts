// Answers that are problems.
export { invalidQuery, notFound, ProblemError } from './problem-error.ts';

// Who asks.
export { scopesOf } from './caller.ts';
export type { Caller, KeyCaller, MemberCaller } from './caller.ts';

// Keys.
export { authenticateKey } from './keys/authenticate-key.ts';
export { createKeyCache } from './keys/create-key-cache.ts';
export { draftKey } from './keys/draft-key.ts';
export type { KeyWish, NewApiKey } from './keys/draft-key.ts';
export { createUseNotes } from './keys/create-use-notes.ts';

// People.
export { ADDRESS_HEADER, createAuth, MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from './auth/create-auth.ts';
export type { Auth } from './auth/create-auth.ts';
export { hashSessionToken } from './auth/hash-session-tokens.ts';
export { createGuessLimiter } from './create-guess-limiter.ts';
export type { GuessLimiter } from './create-guess-limiter.ts';

// The first account.
export { setUpOwner } from './owner/set-up-owner.ts';
export type { OwnerSetUp, OwnerWish, SetUpOwner } from './owner/set-up-owner.ts';
export { createSignInLink } from './owner/create-sign-in-link.ts';
