import { Box, ButtonBase, Chip, Skeleton } from '@mui/material';
import { Link, useLocale, useTranslate } from 'react-admin';
import { formatCount } from '../money/format';
import { Quiet, Section } from '../pages/Section';
import type { OpenWork } from './work';

/** What waits for the person signed in, each a link to exactly those rows. */
export const Today = ({ work, isPending }: { work: OpenWork[]; isPending: boolean }) => {
  const translate = useTranslate();
  const locale = useLocale();
  const label = (item: OpenWork) => translate(`work.${item.key}`, { service: item.service ? translate(`service.${item.service}`) : '' });
  return (
    <Section title="home.work">
      {isPending && work.length === 0 ? <Skeleton height={48} /> : null}
      {!isPending && work.length === 0 ? <Quiet>{translate('home.no_work')}</Quiet> : null}
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {work.map((item) => (
          <li key={`${item.key} ${item.service ?? ''}`}>
            <ButtonBase
              component={Link}
              to={item.to}
              sx={{
                width: '100%',
                justifyContent: 'space-between',
                py: 1,
                px: 1,
                mx: -1,
                borderRadius: 2,
                color: 'text.primary',
                '&:hover': { bgcolor: 'action.hover' },
              }}
            >
              <span>{label(item)}</span>
              <Chip
                size="small"
                color={item.late ? 'error' : 'primary'}
                variant={item.late ? 'outlined' : 'filled'}
                label={`${formatCount(item.count, locale)}${item.capped ? '+' : ''}`}
              />
            </ButtonBase>
          </li>
        ))}
      </Box>
    </Section>
  );
};
