import { conflict } from '@concentric/service-kit';

/** `last`: who saved when; null when nobody has. */
export const settingsChanged = (revision: number, last: { by: string; at: string } | null) =>
  conflict(
    'settings_changed',
    'These are not the settings that you read',
    `${last ? `${last.by} saved revision ${revision} at ${last.at}` : 'Nobody has saved settings yet, they are at revision 0'}; read them again and repeat your change.`,
  );
