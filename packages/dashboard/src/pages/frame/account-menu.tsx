import type { Session } from '@llmobserve/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';

import { useApi } from '../../api/index.ts';
import { Floating, Icon } from '../../components/index.ts';

type AccountMenuProps = { readonly session: Session | undefined; readonly isSmall?: boolean };

/** Who is signed in, and the way out. */
export function AccountMenu({ session, isSmall = false }: AccountMenuProps) {
  const { client } = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  if (!session) return null;
  const signOut = async (): Promise<void> => {
    await client.post('/auth/sign-out', {}).catch(() => undefined);
    queries.clear();
    await navigate({ to: '/sign-in', search: {} });
  };
  return (
    <Floating
      label="Account"
      trigger={
        <button type="button" className={isSmall ? 'button ghost square' : 'account-button'}>
          <span className="face" aria-hidden="true">
            {initials(session.user.name)}
          </span>
          <span className="sr-only">Account: </span>
          <span className={isSmall ? 'sr-only' : 'account-name'}>{session.user.name}</span>
        </button>
      }
    >
      <h2>{session.user.name}</h2>
      <p className="break-text">{session.user.email}</p>
      <p>
        {capitalise(session.role)} of {session.workspace.name}
      </p>
      <div className="actions">
        <button type="button" className="button small" onClick={() => void signOut()}>
          <Icon name="out" />
          Sign out
        </button>
      </div>
    </Floating>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return words
    .slice(0, 2)
    .map((word) => String.fromCodePoint(word.codePointAt(0) ?? 0x20).toUpperCase())
    .join('');
}

function capitalise(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
