import { readFileSync, readdirSync } from 'node:fs';
import { loadavg } from 'node:os';

const TICKS_PER_SECOND = 100;

/** This process and everything it has started, with what each has used: Linux only. */
function family(pid) {
  try {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' '),
    );
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    const rss = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    const own = { rss, ticks: Number(stat[11]) + Number(stat[12]) };
    return [own, ...children.filter((child) => child !== '').flatMap((child) => family(Number(child)))];
  } catch {
    return [];
  }
}

const sum = (values) => values.reduce((total, value) => total + value, 0);

/**
 * Runs `work` and says what it took.
 * @returns {seconds, cpuSeconds, peakMb, load, result} of this process and its children; servers it talks to are not counted
 */
export async function measured(work) {
  const before = sum(family(process.pid).map(({ ticks }) => ticks));
  let peak = 0;
  const look = () => (peak = Math.max(peak, sum(family(process.pid).map(({ rss }) => rss))));
  const timer = setInterval(look, 250);
  const began = performance.now();
  try {
    const result = await work();
    const seconds = (performance.now() - began) / 1000;
    look();
    const cpuSeconds = (sum(family(process.pid).map(({ ticks }) => ticks)) - before) / TICKS_PER_SECOND;
    return { seconds, cpuSeconds, peakMb: Math.round(peak / 1024), load: loadavg()[0], result };
  } finally {
    clearInterval(timer);
  }
}

const perSecond = (count, { seconds }) => Math.round(count / seconds).toLocaleString('en');

/** One line of figures. @param counts {name: number}, each given per second */
export function report(title, counts, run, more = '') {
  const rates = Object.entries(counts).map(([name, count]) => `${perSecond(count, run)} ${name}/s`);
  const used = `${run.seconds.toFixed(2)} s, ${run.cpuSeconds.toFixed(1)} CPU-s, peak ${run.peakMb} MB, load ${run.load.toFixed(1)}`;
  console.log(`${title.padEnd(34)} ${rates.join(', ')} · ${used}${more}`);
}
