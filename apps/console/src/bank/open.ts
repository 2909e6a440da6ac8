import type { BankLineRow } from '../providers/rows';

/** It fits nothing, and nobody has said what came of it. */
export const isOpen = ({ match, state }: BankLineRow): boolean => state === 'NOTED' && (match === 'unmatched' || match === 'conflict');
