import { Box, Card, Typography } from '@mui/material';
import { Link, useLocale, useTranslate } from 'react-admin';
import { formatCount } from '../money/format';
import type { MemberSummary } from '../providers/rows';
import { useDepartmentLabel } from './useDepartmentLabel';
import type { CircleDepartment } from './useDepartments';

/** The circle as an ordered list: the customer first, then the departments by closeness. */
export const CircleList = ({ departments, summary }: { departments: CircleDepartment[]; summary?: MemberSummary }) => {
  const translate = useTranslate();
  const locale = useLocale();
  const { state } = useDepartmentLabel();
  return (
    <Box component="ol" data-testid="circle-list" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1 }}>
      {summary ? (
        <Card component="li" sx={{ p: 2, borderColor: 'primary.main' }}>
          <Link to="/members">{translate('home.customers')}</Link>
          <Typography variant="body2" color="textSecondary">
            {formatCount(summary.members, locale)} {translate('home.members')}{' '}
            {translate('home.persons', { count: formatCount(summary.persons, locale) })}
          </Typography>
        </Card>
      ) : null}
      {departments.map((department) => (
        <Card component="li" key={department.id} sx={{ p: 1.5, ml: (department.ring - 1) * 1.5, opacity: department.to ? 1 : 0.7 }}>
          <Link to={department.to ?? '/departments'}>{department.emphasis ? <strong>{department.name}</strong> : department.name}</Link>
          {state(department).map((text) => (
            <Typography key={text} variant="caption" color="textSecondary" component="div">
              {text}
            </Typography>
          ))}
        </Card>
      ))}
    </Box>
  );
};
