import type { ReactNode } from 'react';

import { Logo } from '../../components/index.ts';

type GateProps = { readonly title: string; readonly lead?: string; readonly children: ReactNode };

/** The sheet in front of the door: sign-in and first set-up. */
export function Gate({ title, lead, children }: GateProps) {
  return (
    <main className="gate">
      <div className="gate-sheet">
        <div className="brand">
          <Logo />
          LLMObserve
        </div>
        <h1>{title}</h1>
        {lead && <p className="soft">{lead}</p>}
        {children}
      </div>
    </main>
  );
}
