import { Link, useRecordContext } from 'react-admin';

/** The partner that a row is about, leading to its page. */
export const PartnerField = () => {
  const row = useRecordContext<{ id: string; partnerId: string; partnerName: string }>();
  return row ? <Link to={`/partners/${row.partnerId}/show`}>{row.partnerName}</Link> : null;
};
