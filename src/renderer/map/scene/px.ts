import type { Position } from '../../../shared/domain/site.ts';

/** A point or a step on the screen, in CSS pixels; y grows downwards. */
export interface Px {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly w: number;
  readonly h: number;
}

/** Web Mercator in units of one world width: what both map engines draw with. */
export function mercator([lng, lat]: Position): Px {
  const phi = (lat * Math.PI) / 180;
  return {
    x: (lng + 180) / 360,
    y: (1 - Math.log(Math.tan(phi) + 1 / Math.cos(phi)) / Math.PI) / 2,
  };
}

export function minus(a: Px, b: Px): Px {
  return { x: a.x - b.x, y: a.y - b.y };
}

export function along(from: Px, step: Px, times: number): Px {
  return { x: from.x + step.x * times, y: from.y + step.y * times };
}

export function dot(a: Px, b: Px): number {
  return a.x * b.x + a.y * b.y;
}

export function lengthOf(a: Px): number {
  return Math.hypot(a.x, a.y);
}

/** The step of length 1 in this direction; east when there is none. */
export function unit(a: Px): Px {
  const length = lengthOf(a);
  return length === 0 ? { x: 1, y: 0 } : { x: a.x / length, y: a.y / length };
}

/** A quarter turn clockwise on the screen. */
export function turned(a: Px): Px {
  return { x: -a.y, y: a.x };
}
