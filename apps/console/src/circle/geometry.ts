/** Angles in degrees, 0 at the top, clockwise; lengths in units of the picture. */
export const SIZE = 660;
export const CENTRE = SIZE / 2;
export const CORE_RADIUS = 96;
const FIRST_RING = 108;
const THICKNESS = 48;
const STEP = 55;
const GAP_LENGTH = 6;

export interface Segment {
  /** The area of the segment. */
  area: string;
  /** The line its name is written on, always readable from left to right. */
  baseline: string;
  /** Room for the name, along the arc. */
  length: number;
}

const point = (radius: number, angle: number): string => {
  const radians = ((angle - 90) * Math.PI) / 180;
  const at = (offset: number) => (CENTRE + radius * offset).toFixed(2);
  return `${at(Math.cos(radians))} ${at(Math.sin(radians))}`;
};

/** Segment `index` of `count` on a ring (1 innermost). Rings are turned against each other so that gaps do not line up. */
export function segment(ring: number, index: number, count: number): Segment {
  const inner = FIRST_RING + (ring - 1) * STEP;
  const outer = inner + THICKNESS;
  const middle = (inner + outer) / 2;
  const gap = (GAP_LENGTH / middle) * (180 / Math.PI);
  const turn = ring * 28;
  const width = 360 / count;
  const from = turn + index * width + gap / 2;
  const to = turn + (index + 1) * width - gap / 2;
  const large = to - from > 180 ? 1 : 0;
  const area = [
    `M ${point(outer, from)}`,
    `A ${outer} ${outer} 0 ${large} 1 ${point(outer, to)}`,
    `L ${point(inner, to)}`,
    `A ${inner} ${inner} 0 ${large} 0 ${point(inner, from)} Z`,
  ].join(' ');
  const centre = ((from + to) / 2) % 360;
  const upsideDown = centre > 95 && centre < 265;
  // The letters stand on their line: outside of the middle when read clockwise, inside when read the other way round.
  const line = upsideDown ? middle + 5 : middle - 5;
  const baseline = upsideDown
    ? `M ${point(line, to)} A ${line} ${line} 0 ${large} 0 ${point(line, from)}`
    : `M ${point(line, from)} A ${line} ${line} 0 ${large} 1 ${point(line, to)}`;
  return { area, baseline, length: ((to - from) / 180) * Math.PI * line };
}
