import { Box, Typography } from '@mui/material';
import { Title, useGetIdentity, useTranslate } from 'react-admin';
import { Circle } from '../circle/Circle';
import { EmptyState } from '../pages/EmptyState';
import { isPartner, mayDo } from '../providers/access';
import { useBrand } from '../providers/brand';
import { Figures } from './Figures';
import { useOpenWork } from './openWork';
import { PartnerHome } from './PartnerHome';
import { Today } from './Today';

/** Home: the customer in the middle, the departments around, and what waits for the person signed in. */
export const Home = () => {
  const translate = useTranslate();
  const { identity } = useGetIdentity();
  const brand = useBrand();
  const { work, isPending } = useOpenWork();
  return (
    <>
      <Title title={translate('home.title')} />
      <Typography variant="h4" component="h1" sx={{ mt: 3 }}>
        {identity ? translate('home.hello', { name: identity.fullName }) : ' '}
      </Typography>
      {brand === null ? <EmptyState name="orders" /> : null}
      {isPartner() ? <PartnerHome /> : null}
      {brand && !isPartner() ? (
        <Box
          sx={{
            display: 'grid',
            gap: 4,
            mt: 2,
            gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 340px' },
          }}
        >
          <Circle work={work} />
          <Box sx={{ display: 'grid', gap: 3, alignContent: 'start' }}>
            <Today work={work} isPending={isPending} />
            {mayDo('indicators', 'read') ? <Figures /> : null}
          </Box>
        </Box>
      ) : null}
    </>
  );
};
