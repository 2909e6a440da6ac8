import { Box, Typography, useTheme } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { CircleDepartment } from './useDepartments';

interface Kind {
  /** Text `home.legend.<key>`. */
  key: string;
  fillOpacity: number;
  dashed?: boolean;
  isThere: (department: CircleDepartment) => boolean;
}

const KINDS: Kind[] = [
  { key: 'emphasised', fillOpacity: 0.9, isThere: ({ emphasis }) => emphasis },
  { key: 'yours', fillOpacity: 0.22, isThere: ({ emphasis, to }) => !emphasis && to !== null },
  { key: 'others', fillOpacity: 0.06, isThere: ({ emphasis, to }) => !emphasis && to === null },
  { key: 'unstaffed', fillOpacity: 0.06, dashed: true, isThere: ({ unstaffed }) => unstaffed },
];

/** What the shades of the picture mean; only those that occur in it. The links say the same in words. */
export const Legend = ({ departments }: { departments: readonly CircleDepartment[] }) => {
  const translate = useTranslate();
  const { palette } = useTheme();
  return (
    <Box aria-hidden="true" sx={{ display: 'flex', flexWrap: 'wrap', justifyContent: 'center', columnGap: 2, rowGap: 0.5, mt: 1.5 }}>
      {KINDS.filter(({ isThere }) => departments.some(isThere)).map(({ key, fillOpacity, dashed }) => (
        <Box key={key} sx={{ display: 'flex', alignItems: 'center', gap: 0.75 }}>
          <svg width={16} height={12}>
            <rect
              x={1}
              y={1}
              width={14}
              height={10}
              rx={2}
              fill={palette.primary.main}
              fillOpacity={fillOpacity}
              stroke={palette.primary.main}
              strokeDasharray={dashed ? '3 2' : undefined}
            />
          </svg>
          <Typography variant="caption" color="textSecondary">
            {translate(`home.legend.${key}`)}
          </Typography>
        </Box>
      ))}
    </Box>
  );
};
