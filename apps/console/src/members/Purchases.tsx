import type { MemberDetail } from '@concentric/contracts';
import Expand from '@mui/icons-material/ExpandMore';
import { Box, Collapse, IconButton, Typography } from '@mui/material';
import { useState } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import { CommissionOfOrder } from '../commission/CommissionOfOrder';
import { Channel, Money, Word } from '../fields/fields';
import { formatDate } from '../money/format';
import { OrderLink } from '../orders/OrderLink';
import { Quiet } from '../pages/Section';
import { mayDo } from '../providers/access';

type Purchase = MemberDetail['purchases'][number];

const PurchaseRow = ({ purchase }: { purchase: Purchase }) => {
  const translate = useTranslate();
  const locale = useLocale();
  const [open, setOpen] = useState(false);
  const explainable = mayDo('commission-lines', 'read');
  return (
    <Box component="li" sx={{ listStyle: 'none', borderTop: 1, borderColor: 'divider', py: 1 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2, flexWrap: 'wrap' }}>
        <Typography variant="body2" sx={{ minWidth: 110 }}>
          {formatDate(purchase.businessDate, locale)}
        </Typography>
        <Box sx={{ flex: 1, minWidth: 160 }}>
          <OrderLink id={purchase.orderId}>{purchase.externalId}</OrderLink>
          <Typography variant="caption" color="textSecondary" component="div">
            <Channel value={purchase.channel} />
            {purchase.tier ? (
              <>
                {' · '}
                <Word plain group="tier" value={purchase.tier} />
              </>
            ) : null}
          </Typography>
        </Box>
        <Box sx={{ textAlign: 'right' }}>
          <Money minor={purchase.netMinor} currency={purchase.currency} strong />
          {purchase.refundedMinor === 0 ? null : (
            <Typography variant="caption" color="textSecondary" component="div">
              {translate('member.refunded')} <Money minor={purchase.refundedMinor} currency={purchase.currency} />
            </Typography>
          )}
        </Box>
        {explainable ? (
          <IconButton
            size="small"
            aria-expanded={open}
            aria-label={translate('member.earned_for')}
            onClick={() => setOpen(!open)}
            sx={{ transform: open ? 'rotate(180deg)' : undefined }}
          >
            <Expand />
          </IconButton>
        ) : null}
      </Box>
      <Collapse in={open} unmountOnExit>
        <Typography variant="subtitle2" sx={{ mt: 1 }}>
          {translate('member.earned_for')}
        </Typography>
        <CommissionOfOrder orderId={purchase.orderId} />
      </Collapse>
    </Box>
  );
};

/** The purchases, newest first; each opens to what it has earned for whom. */
export const Purchases = ({ member }: { member: MemberDetail }) => {
  const translate = useTranslate();
  if (member.purchases.length === 0) return <Quiet>{translate('member.no_purchases')}</Quiet>;
  return (
    <Box component="ul" sx={{ m: 0, p: 0 }}>
      {member.purchases.map((purchase) => (
        <PurchaseRow key={purchase.orderId} purchase={purchase} />
      ))}
    </Box>
  );
};
