/** What is told of an id where there is nothing better: ids that came about at once begin alike. */
export const endOfId = (id: string): string => `…${id.slice(-6)}`;
