import type { CustomerDetail } from '@llmobserve/protocol';
import { Link } from '@tanstack/react-router';

import { useSession } from '../../api/index.ts';
import { CopyButton, dayText } from '../../components/index.ts';
import { carriedView, useView, withFilter, writeView, zonedDay } from '../../filters/index.ts';

type CustomerHeadProps = { readonly id: string; readonly customer: CustomerDetail | undefined };

/** Who this is: name, id, plan, tags, since when. */
export function CustomerHead({ id, customer }: CustomerHeadProps) {
  const [view] = useView();
  const name = id === '' ? 'Unattributed' : (customer?.name ?? id);
  const timeZone = useSession()?.workspace.timeZone ?? 'UTC';
  const carried = carriedView(view);
  return (
    <>
      <header className="page-top">
        <nav className="crumb" aria-label="Where this page is">
          <Link to="/customers" search={writeView({ ...carried, filters: withFilter(carried.filters, 'customer', []) })}>
            Customers
          </Link>
          <span aria-hidden="true">/</span>
          <span className="soft crumb-name" aria-current="page">
            {name}
          </span>
        </nav>
      </header>
      <div className="customer-head page-pad">
        <h1>{name}</h1>
        {id === '' ? (
          <p className="soft">
            <span>
              Calls that named no customer. Wrap the request that makes them in <span className="mono">withCustomer</span>.
            </span>
          </p>
        ) : (
          <p className="soft">
            <span className="mono break-text">{id}</span>
            <CopyButton text={id} label="Copy id" className="button ghost small" />
            {customer?.plan && <span className="pill">{customer.plan} plan</span>}
            {Object.entries(customer?.tags ?? {}).map(([tag, value]) => (
              <span key={tag} className="pill">
                {tag}: {value}
              </span>
            ))}
            {customer && <span className="pill">since {dayText(zonedDay(Date.parse(customer.firstSeenAt), timeZone), true)}</span>}
          </p>
        )}
      </div>
    </>
  );
}
