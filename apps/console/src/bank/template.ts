import { bankColumns } from '@concentric/contracts';

/** The header line of a file of bank results. An amount is given as a decimal or in minor units: the template has the decimal. */
export const bankTemplate = (): string => `${bankColumns.filter((name) => name !== 'amount_minor').join(',')}\r\n`;
