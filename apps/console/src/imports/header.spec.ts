import { namesIn } from './header';

describe('the header of a CSV', () => {
  it('is read without byte order mark, quotes and spaces', () => {
    expect(namesIn('\uFEFF"code", name,type\r\nS1,Shop,store')).toEqual(['code', 'name', 'type']);
  });

  it('is unknown where there is no line', () => {
    expect(namesIn('')).toBeNull();
  });
});
