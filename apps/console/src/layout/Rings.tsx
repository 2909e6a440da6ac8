import { useTheme } from '@mui/material';

/** The mark: rings around a centre. */
export const Rings = ({ size }: { size: number }) => {
  const { palette } = useTheme();
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke={palette.primary.main}>
      <circle cx="16" cy="16" r="14" strokeOpacity=".3" strokeWidth="2.5" />
      <circle cx="16" cy="16" r="8.5" strokeOpacity=".65" strokeWidth="2.5" />
      <circle cx="16" cy="16" r="3.5" fill={palette.primary.main} stroke="none" />
    </svg>
  );
};
