import { Box, Skeleton, Typography, useMediaQuery, type Theme } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { OpenWork } from '../home/work';
import { useBrandApi } from '../pages/useApi';
import { mayDo } from '../providers/access';
import type { MemberSummary } from '../providers/rows';
import { CircleList } from './CircleList';
import { CirclePicture } from './CirclePicture';
import { Legend } from './Legend';
import { TierLinks } from './TierLinks';
import { useDepartments } from './useDepartments';

/** Departments around the customer: a picture where there is room, an ordered list on a phone. */
export const Circle = ({ work }: { work: OpenWork[] }) => {
  const translate = useTranslate();
  const phone = useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));
  const departments = useDepartments(work);
  const { data: summary } = useBrandApi<MemberSummary>('membership', 'members/summary', {
    enabled: mayDo('members', 'read'),
  });
  return (
    <Box component="section" aria-label={translate('home.circle')}>
      <Typography variant="h6" component="h2">
        {translate('home.circle')}
      </Typography>
      <Typography variant="body2" color="textSecondary" sx={{ mb: 1, maxWidth: 640 }}>
        {translate('home.circle_hint')}
      </Typography>
      {departments === undefined ? (
        <Skeleton variant="circular" sx={{ mx: 'auto', width: 'min(100%, 560px)', height: 'auto', aspectRatio: '1' }} />
      ) : null}
      {departments && phone ? <CircleList departments={departments} summary={summary} /> : null}
      {departments && !phone ? (
        <>
          <CirclePicture departments={departments} summary={summary} />
          <Legend departments={departments} />
        </>
      ) : null}
      {summary ? <TierLinks summary={summary} /> : null}
    </Box>
  );
};
