import type { ReactNode } from 'react';
import { Link } from 'react-admin';
import { endOfId } from '../fields/endOfId';
import { mayDo } from '../providers/access';

/** Leads to the page of a customer; whoever may not read members is told the end of the id, or what is said `otherwise`. */
export const CustomerLink = ({ id, otherwise, children }: { id: string; otherwise?: ReactNode; children: ReactNode }) =>
  mayDo('members', 'read') ? <Link to={`/members/${id}/show`}>{children}</Link> : <>{otherwise ?? endOfId(id)}</>;
