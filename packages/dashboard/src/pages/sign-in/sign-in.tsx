import { useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { FormEvent } from 'react';

import { ApiError, useApi } from '../../api/index.ts';
import type { Search } from '../../filters/index.ts';
import { useTitle } from '../panels/index.ts';
import { Gate } from './gate.tsx';
import { safeNext } from './safe-next.ts';

/** E-mail and password; leads back to where the visitor wanted to go. */
export function SignIn() {
  useTitle('Sign in');
  const { client } = useApi();
  const queries = useQueryClient();
  const router = useRouter();
  const search: Search = useSearch({ strict: false });
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setSending(true);
    setProblem(undefined);
    try {
      await client.post('/auth/sign-in/email', { email: form.get('email'), password: form.get('password') });
      await queries.resetQueries();
      router.history.push(safeNext(search['next']?.[0]));
    } catch (error) {
      setProblem(refusalText(error));
    } finally {
      setSending(false);
    }
  };
  return (
    <Gate title="Sign in">
      <form className="gate-form" onSubmit={(event) => void submit(event)}>
        <label className="field">
          <span className="field-name">E-mail</span>
          <input name="email" type="email" autoComplete="username" required />
        </label>
        <label className="field">
          <span className="field-name">Password</span>
          <input name="password" type="password" autoComplete="current-password" required aria-invalid={problem ? true : undefined} />
        </label>
        {problem && (
          <p className="bad" role="alert">
            {problem}
          </p>
        )}
        <button type="submit" className="button primary" disabled={isSending}>
          {isSending ? 'Signing in' : 'Sign in'}
        </button>
      </form>
      <p className="gate-hint quiet">Started with the demo? Open the link it printed: it signs you in once.</p>
    </Gate>
  );
}

function refusalText(error: unknown): string {
  if (!(error instanceof ApiError)) return 'This did not work. Try again.';
  if (error.status === 401 || error.status === 403) return 'E-mail and password do not belong together.';
  if (error.status === 429) return 'Too many tries. Wait a minute, then try again.';
  return error.message;
}
