import type { EvidenceTier } from '../../components/evidence-badge.tsx';
import type { Place } from './walk.ts';

const [FEW, MANY] = [2, 10];

/** From that of a single tutor: larger where several share a place, and larger still for ten and more. */
export function radiusOf(tutors: number, single: number): number {
  if (tutors < FEW) return single;
  return tutors < MANY ? 1.35 * single : 1.8 * single;
}

/** The mark of a tier as a path: a triangle, or a circle. The same shapes as the icons of the badges. */
export function outlineOf(tier: EvidenceTier, { x, y }: Place, radius: number): string {
  if (tier !== 'confirmed') return circle(x, y, tier === 'clear' ? radius * 0.8 : radius);
  const half = round(1.2 * radius);
  return `M${round(x)},${round(y - 1.3 * radius)}l${half},${round(2.2 * radius)}h${-2 * half}z`;
}

/** The filled half of a half circle. */
export function halfOf({ x, y }: Place, radius: number): string {
  const r = round(radius);
  return `M${round(x)},${round(y - r)}a${r},${r} 0 0 1 0,${2 * r}z`;
}

function circle(x: number, y: number, radius: number): string {
  const r = round(radius);
  return `M${round(x - r)},${round(y)}a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0z`;
}

/** A tenth of a pixel is as fine as is seen. */
function round(value: number): number {
  return Math.round(10 * value) / 10;
}
