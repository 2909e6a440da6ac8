import { useTranslate } from 'react-admin';
import { useBrandApi } from '../pages/useApi';
import { Loaded, Quiet } from '../pages/Section';
import type { CommissionLine } from '../providers/rows';
import { LineTable } from './LineTable';

/** Who earned what from one order. */
export const CommissionOfOrder = ({ orderId }: { orderId: string }) => {
  const translate = useTranslate();
  const query = useBrandApi<{ data: CommissionLine[] }>('distribution', `commission-lines?orderId=${orderId}&limit=500`);
  return (
    <Loaded query={query}>
      {({ data }) => (data.length === 0 ? <Quiet>{translate('commission.none')}</Quiet> : <LineTable lines={data} of="order" />)}
    </Loaded>
  );
};
