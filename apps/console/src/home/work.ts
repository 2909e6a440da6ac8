/** Work that waits, as one service counts it. */
export interface OpenWork {
  /** Text `work.<key>`. */
  key: string;
  service?: string;
  to: string;
  /** Codes of departments that it belongs to, best first. */
  departments: string[];
  count: number;
  /** There are more than could be counted. */
  capped: boolean;
  /** Something is wrong, not only waiting. */
  late?: boolean;
}

/** Where open work is counted. */
export type Source = Omit<OpenWork, 'count' | 'capped'> & { allowed: boolean; path: () => Promise<string> };

/** Code of the department. */
export const FINANCE = ['finance'];
