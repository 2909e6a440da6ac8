import type { ReactNode } from 'react';
import { Link } from 'react-admin';
import { mayDo } from '../providers/access';

/** Leads to the page of an order; whoever may not read orders is only told which one it is. */
export const OrderLink = ({ id, children }: { id: string; children: ReactNode }) =>
  mayDo('orders', 'read') ? <Link to={`/orders/${id}/show`}>{children}</Link> : <>{children}</>;
