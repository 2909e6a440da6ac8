import { SimulatedClock } from './clock';

describe('the simulated clock', () => {
  it('follows the system until it is set, and again when told so', () => {
    const clock = new SimulatedClock();
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000);
    clock.set(Date.parse('2025-01-31T16:00:00Z'));
    expect(clock.iso()).toBe('2025-01-31T16:00:00.000Z');
    clock.set(null);
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000);
  });

  it('refuses to go backwards', () => {
    const clock = new SimulatedClock();
    clock.set(2000);
    clock.set(2000);
    expect(() => clock.set(1999)).toThrow(/may not go back/);
    expect(clock.now()).toBe(2000);
  });
});
