import { Box, Tooltip, useTheme } from '@mui/material';
import { useId } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import { useHref } from 'react-router-dom';
import { formatCount } from '../money/format';
import type { MemberSummary } from '../providers/rows';
import { CENTRE, CORE_RADIUS, segment, SIZE } from './geometry';
import { useDepartmentLabel } from './useDepartmentLabel';
import type { CircleDepartment } from './useDepartments';

interface PlacedProps {
  department: CircleDepartment;
  index: number;
  count: number;
}

const DepartmentSegment = ({ department, index, count }: PlacedProps) => {
  const { palette } = useTheme();
  const id = useId();
  const translate = useTranslate();
  const locale = useLocale();
  const { full } = useDepartmentLabel();
  const href = useHref(department.to ?? '/departments');
  const shape = segment(department.ring, index, count);
  const active = department.to !== null;
  const first = department.work[0];
  const badge = first ? ` · ${formatCount(first.count, locale)}${first.capped ? '+' : ''}${department.work.length > 1 ? ' …' : ''}` : '';
  const note = department.unstaffed ? ` · ${translate('home.unstaffed_short')}` : '';
  const fill = department.emphasis ? 0.9 : active ? 0.22 : 0.06;
  return (
    <Tooltip title={[full(department), ...department.duties].join(' — ')} followCursor>
      <a href={href} aria-label={full(department)} data-ring={department.ring}>
        <path
          d={shape.area}
          fill={palette.primary.main}
          fillOpacity={department.unstaffed ? fill * 0.35 : fill}
          stroke={palette.primary.main}
          strokeOpacity={active || department.emphasis ? 0.8 : 0.25}
          strokeWidth={department.emphasis ? 2 : 1}
          strokeDasharray={department.unstaffed ? '5 4' : undefined}
        />
        <path id={id} d={shape.baseline} fill="none" />
        <text
          fontSize={16}
          fontWeight={department.emphasis ? 650 : 500}
          fill={department.emphasis && !department.unstaffed ? palette.primary.contrastText : palette.text.primary}
          fillOpacity={active || department.emphasis ? 1 : 0.65}
          textAnchor="middle"
          aria-hidden="true"
        >
          <textPath href={`#${id}`} startOffset="50%">
            {department.name}
            <tspan fontWeight={700}>{badge}</tspan>
            {note}
          </textPath>
        </text>
      </a>
    </Tooltip>
  );
};

const Customers = ({ summary }: { summary?: MemberSummary }) => {
  const { palette } = useTheme();
  const translate = useTranslate();
  const locale = useLocale();
  const href = useHref(summary ? '/members' : '/');
  const members = summary ? formatCount(summary.members, locale) : '';
  const persons = summary ? translate('home.persons', { count: formatCount(summary.persons, locale) }) : '';
  const label = summary
    ? `${translate('home.customers')}: ${members} ${translate('home.members')} ${persons}`
    : translate('home.customers');
  return (
    <a href={href} aria-label={label}>
      <circle cx={CENTRE} cy={CENTRE} r={CORE_RADIUS} fill={palette.background.paper} stroke={palette.primary.main} strokeWidth={2} />
      <g textAnchor="middle" fill={palette.text.primary} aria-hidden="true">
        <text x={CENTRE} y={CENTRE - (summary ? 34 : -6)} fontSize={16} fill={palette.text.secondary}>
          {translate('home.customers')}
        </text>
        {summary ? (
          <>
            <text x={CENTRE} y={CENTRE + 6} fontSize={34} fontWeight={650}>
              {members}
            </text>
            <text x={CENTRE} y={CENTRE + 28} fontSize={14}>
              {translate('home.members')}
            </text>
            <text x={CENTRE} y={CENTRE + 52} fontSize={12} fill={palette.text.secondary}>
              {persons}
            </text>
          </>
        ) : null}
      </g>
    </a>
  );
};

/** Customers in the middle, departments on rings around them. Every part of the picture is a link. */
export const CirclePicture = ({ departments, summary }: { departments: CircleDepartment[]; summary?: MemberSummary }) => {
  const translate = useTranslate();
  const rings = [1, 2, 3, 4].map((ring) => departments.filter((department) => department.ring === ring));
  return (
    <Box
      component="svg"
      data-testid="circle"
      viewBox={`0 0 ${SIZE} ${SIZE}`}
      role="group"
      aria-label={translate('home.circle')}
      sx={{
        display: 'block',
        width: '100%',
        maxWidth: 640,
        mx: 'auto',
        '& a': { cursor: 'pointer', outline: 'none' },
        '& a:hover path:first-of-type': { strokeOpacity: 1, strokeWidth: 2 },
        '& a:focus-visible path:first-of-type, & a:focus-visible circle': {
          stroke: 'currentColor',
          strokeOpacity: 1,
          strokeWidth: 4,
          strokeDasharray: 'none',
        },
      }}
    >
      <Customers summary={summary} />
      {rings.flatMap((members) =>
        members.map((department, index) => (
          <DepartmentSegment key={department.id} department={department} index={index} count={members.length} />
        )),
      )}
    </Box>
  );
};
