import { betterAuth, type DBAdapterInstance } from 'better-auth';
import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { organization } from 'better-auth/plugins';

import { createTurnstile } from '../create-turnstile.ts';
import { hashSessionTokens } from './hash-session-tokens.ts';
import { linkIdentifier, signInLink } from './sign-in-link.ts';

const SESSION_SECONDS = 14 * 24 * 3_600;
const LINK_MINUTES = 60;
/** One scrypt takes 32 MB and a tenth of a second; more at once would starve ingest. */
const PASSWORDS_AT_ONCE = 2;
const MAX_PASSWORDS_WAITING = 50;

export const MIN_PASSWORD_LENGTH = 8;
export const MAX_PASSWORD_LENGTH = 128;
/** Set by us to the address of the socket; whatever a client sends under this name is dropped. */
export const ADDRESS_HEADER = 'x-llmobserve-address';

export type AuthDeps = {
  readonly database: DBAdapterInstance;
  /** Signs cookies. */
  readonly secret: string;
  readonly isHttps: boolean;
  readonly randomToken: () => string;
  readonly randomUuid: () => string;
  readonly clock: { nowMs(): number };
  readonly log: { warn(fields: object, message: string): void; error(fields: object, message: string): void };
};

/** People: their passwords, their sessions and their links. */
export type Auth = {
  readonly sessionCookie: string;
  signIn(credentials: { readonly email: string; readonly password: string }, headers: Headers): Promise<Response>;
  signOut(headers: Headers): Promise<Response>;
  redeemLink(token: string, headers: Headers): Promise<Response>;
  /** A token that signs this user in once, within the hour. */
  createLink(userId: string): Promise<string>;
  hashPassword(password: string): Promise<string>;
};

/** Sets up better-auth on our tables: organizations are workspaces, nobody signs up by themselves. */
export function createAuth(deps: AuthDeps): Auth {
  const passwords = createTurnstile({ atOnce: PASSWORDS_AT_ONCE, maxWaiting: MAX_PASSWORDS_WAITING });
  const sessionCookie = deps.isHttps ? '__Host-llmobserve-session' : 'llmobserve-session';
  const auth = betterAuth({
    // Only to resolve relative paths: the app checks origins itself and serves no address that is built from this one.
    baseURL: deps.isHttps ? 'https://collector.invalid' : 'http://collector.invalid',
    basePath: '/auth',
    secret: deps.secret,
    database: hashSessionTokens(deps.database),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_LENGTH,
      maxPasswordLength: MAX_PASSWORD_LENGTH,
      password: {
        hash: (password) => passwords.pass(() => hashPassword(password)),
        verify: (claim) => passwords.pass(() => verifyPassword(claim)),
      },
    },
    user: { modelName: 'users' },
    session: { modelName: 'sessions', expiresIn: SESSION_SECONDS, disableSessionRefresh: true },
    account: { modelName: 'accounts' },
    verification: { modelName: 'verifications', storeIdentifier: 'hashed' },
    plugins: [organization({ schema: WORKSPACE_TABLES, allowUserToCreateOrganization: false }), signInLink()],
    // The app limits tries itself, by account and by address.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: 'warn', log: (level, message) => (level === 'error' ? deps.log.error({}, message) : deps.log.warn({}, message)) },
    advanced: {
      // A function, since with 'uuid' the database would have to make the ids of its own.
      database: { generateId: () => deps.randomUuid() },
      useSecureCookies: false,
      cookiePrefix: 'llmobserve',
      // Origins are checked before anything reaches better-auth, against addresses that only the app knows.
      disableCSRFCheck: true,
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      cookies: { session_token: { name: sessionCookie, attributes: { httpOnly: true, sameSite: 'lax', path: '/', secure: deps.isHttps } } },
    },
  });
  return {
    sessionCookie,
    signIn: ({ email, password }, headers) => auth.api.signInEmail({ body: { email, password }, headers, asResponse: true }),
    signOut: (headers) => auth.api.signOut({ headers, asResponse: true }),
    redeemLink: (token, headers) => auth.api.redeemSignInLink({ query: { token }, headers, asResponse: true }),
    createLink: async (userId) => {
      const token = deps.randomToken();
      const { internalAdapter } = await auth.$context;
      const expiresAt = new Date(deps.clock.nowMs() + LINK_MINUTES * 60_000);
      await internalAdapter.createVerificationValue({ identifier: linkIdentifier(token), value: userId, expiresAt });
      return token;
    },
    hashPassword: (password) => passwords.pass(() => hashPassword(password)),
  };
}

const WORKSPACE_TABLES = {
  session: { fields: { activeOrganizationId: 'activeWorkspaceId' } },
  organization: { modelName: 'workspaces' },
  member: { modelName: 'members', fields: { organizationId: 'workspaceId' } },
  invitation: { modelName: 'invitations', fields: { organizationId: 'workspaceId' } },
} as const;
