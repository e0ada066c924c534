import type { SetupResult } from '@llmobserve/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouteContext } from '@tanstack/react-router';
import { useState } from 'react';
import type { FormEvent } from 'react';

import { ApiError, sessionQuery, useApi } from '../../api/index.ts';
import { useTitle } from '../panels/index.ts';
import { Gate } from '../sign-in/index.ts';

const MIN_PASSWORD_LENGTH = 8;

/** The first visitor becomes the owner, and gets a workspace and its first key. */
export function Setup() {
  useTitle('Set up');
  const { submit, problem, isSending } = useSetup();
  return (
    <Gate title="Create the owner" lead="This collector is new. Whoever sets it up owns it, and gets its first key.">
      <form className="gate-form" onSubmit={(event) => void submit(event)}>
        <OwnerFields />
        {problem && (
          <p className="bad" role="alert">
            {problem}
          </p>
        )}
        <button type="submit" className="button primary" disabled={isSending}>
          {isSending ? 'Creating' : 'Create owner and key'}
        </button>
      </form>
    </Gate>
  );
}

/** Days are those of the owner's own time zone from the start. */
function useSetup() {
  const { onKey, timeZone } = useRouteContext({ from: '/setup' });
  const { client } = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setSending(true);
    setProblem(undefined);
    try {
      const owner = { name: form.get('name'), email: form.get('email'), password: form.get('password'), timeZone };
      const result = await client.post<SetupResult>('/v1/setup', owner);
      onKey(result.apiKey.key);
      queries.setQueryData(sessionQuery(client).queryKey, result.session);
      await navigate({ to: '/get-started', search: {} });
    } catch (error) {
      setProblem(error instanceof ApiError ? error.message : 'This did not work. Try again.');
    } finally {
      setSending(false);
    }
  };
  return { submit, problem, isSending };
}

function OwnerFields() {
  return (
    <>
      <label className="field">
        <span className="field-name">Your name</span>
        <input name="name" autoComplete="name" required maxLength={100} />
      </label>
      <label className="field">
        <span className="field-name">E-mail</span>
        <input name="email" type="email" autoComplete="username" required maxLength={200} />
      </label>
      <div className="field">
        <label className="field-name" htmlFor="password">
          Password
        </label>
        <input
          id="password"
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={MIN_PASSWORD_LENGTH}
          aria-describedby="password-rule"
        />
        <span className="quiet" id="password-rule">
          At least {MIN_PASSWORD_LENGTH} characters
        </span>
      </div>
    </>
  );
}
