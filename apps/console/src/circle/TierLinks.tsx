import { Box, Chip, Typography } from '@mui/material';
import { Link, useLocale, useTranslate } from 'react-admin';
import { formatCount } from '../money/format';
import { filtered } from '../pages/filtered';
import type { MemberSummary } from '../providers/rows';

/** Members by tier, each a link to exactly those members. */
export const TierLinks = ({ summary }: { summary: MemberSummary }) => {
  const translate = useTranslate();
  const locale = useLocale();
  return (
    <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap', justifyContent: 'center', alignItems: 'center', mt: 1 }}>
      <Typography variant="body2" color="textSecondary">
        {translate('home.tiers')}
      </Typography>
      {summary.byTier.map(({ tier, members }) => (
        <Chip
          key={tier}
          component={Link}
          clickable
          size="small"
          variant="outlined"
          to={filtered('members', { tier })}
          label={`${translate(`words.tier.${tier}`)} · ${formatCount(members, locale)}`}
        />
      ))}
    </Box>
  );
};
