import { placeOf, stepFrom, type Place } from './place';

const rows = (...ids: string[]) => ids.map((id) => ({ id }));
const ONE = rows('a', 'b', 'c');
const TWO = rows('d', 'e');

describe('the row in hand', () => {
  it.each([
    ['stays the same wherever it has moved', rows('x', 'a', 'b', 'c'), 1, { id: 'b', page: 1, at: 1 }, 2],
    ['makes place for the one after it when it has gone', rows('a', 'c'), 1, { id: 'b', page: 1, at: 1 }, 1],
    ['makes place for the one before it when it was the last', rows('a', 'b'), 1, { id: 'c', page: 1, at: 2 }, 1],
    ['is the first of a page turned to by hand', TWO, 2, { id: 'b', page: 1, at: 1 }, 0],
    ['is found again on the way back to the list', ONE, 1, { id: 'c', page: 0, at: 0 }, 2],
    ['is the first of a list that is still empty', [], 1, { page: 0, at: 0 }, 0],
  ])('%s', (_name, list, page, last: Place, at) => {
    expect(placeOf(list, page, last)).toBe(at);
  });
});

describe('a step', () => {
  const first = { page: 1, hasNextPage: true, hasPreviousPage: false };
  const second = { page: 2, hasNextPage: false, hasPreviousPage: true };

  it('goes from row to row', () => {
    expect(stepFrom(ONE, 0, 'next', first)).toEqual({ id: 'b', page: 1, at: 1 });
    expect(stepFrom(ONE, 1, 'previous', first)).toEqual({ id: 'a', page: 1, at: 0 });
  });

  it('goes on to the first row of the next page, with the old one in hand until it is there', () => {
    const step = stepFrom(ONE, 2, 'next', first);
    expect(step.page).toBe(2);
    expect(placeOf(ONE, 2, step)).toBe(2);
    expect(placeOf(TWO, 2, step)).toBe(0);
  });

  it('goes back to the last row of the page before', () => {
    const step = stepFrom(TWO, 0, 'previous', second);
    expect(step.page).toBe(1);
    expect(placeOf(ONE, 1, step)).toBe(2);
  });

  it('stays where there is no other page', () => {
    expect(stepFrom(ONE, 0, 'previous', first)).toEqual({ id: 'a', page: 1, at: 0 });
    expect(stepFrom(TWO, 1, 'next', second)).toEqual({ id: 'e', page: 2, at: 1 });
  });
});
