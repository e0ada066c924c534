import type { ReactNode } from 'react';

import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';

export type NoticeProps = {
  readonly icon: IconName;
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  readonly isBad?: boolean;
};

/** Stands where figures would: why there are none, and what changes that. */
export function Notice({ icon, title, children, actions, isBad = false }: NoticeProps) {
  return (
    <div className="notice" role={isBad ? 'alert' : 'status'}>
      <Icon name={icon} {...(isBad ? { className: 'bad' } : {})} />
      <h2>{title}</h2>
      <p>{children}</p>
      {actions && <div className="actions">{actions}</div>}
    </div>
  );
}

export type FailureProps = {
  readonly title: string;
  readonly detail: string;
  readonly requestId: string | undefined;
  readonly onRetry: () => void;
};

/** Something went wrong: what happened, what still holds, the request to name, and the way on. */
export function Failure({ title, detail, requestId, onRetry }: FailureProps) {
  return (
    <Notice
      icon="warning"
      title={title}
      isBad
      actions={
        <button type="button" className="button primary small" onClick={onRetry}>
          Try again
        </button>
      }
    >
      {detail}
      {requestId && (
        <>
          {' '}
          Request <span className="mono">{requestId}</span>.
        </>
      )}
    </Notice>
  );
}
