/** The colours and random numbers for one picture. Coordinates are from 0 to 800. The table surface is at y = 640. */
export interface Paint {
  readonly main: string;
  readonly dark: string;
  readonly light: string;
  /** A warm neutral colour for handles, wood and cord. */
  readonly wood: string;
  readonly paper: string;
  readonly metal: string;
  /** Returns the next number in [0, 1). The sequence is the same for each run of a product. */
  readonly random: () => number;
}

/** Draws one object as SVG elements. */
export type Shape = (paint: Paint) => string;

type Point = readonly [x: number, y: number];

/** Draws a path with a shading that suggests volume: light on the left, shade on the right. */
export function solid(path: string, fill: string): string {
  return `<path d="${path}" fill="${fill}"/><path d="${path}" fill="url(#volume)"/>`;
}

export function flat(path: string, fill: string, opacity = 1): string {
  return `<path d="${path}" fill="${fill}"${opacity < 1 ? ` opacity="${opacity}"` : ''}/>`;
}

export function stroke(path: string, colour: string, width: number): string {
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;
}

/** Clips elements to the path. @param id the id of the clip path, unique in the picture */
export function clipped(id: string, path: string, elements: string): string {
  return `<clipPath id="${id}"><path d="${path}"/></clipPath><g clip-path="url(#${id})">${elements}</g>`;
}

export function turned(degrees: number, elements: string): string {
  return `<g transform="rotate(${degrees} 400 400)">${elements}</g>`;
}

export function ellipse(x: number, y: number, width: number, height = width): string {
  return `M${x - width} ${y}a${width} ${height} 0 1 0 ${2 * width} 0a${width} ${height} 0 1 0 ${-2 * width} 0Z`;
}

export function box(x: number, y: number, width: number, height: number, radius = 0): string {
  const [w, h, r] = [width - 2 * radius, height - 2 * radius, radius];
  return `M${x + r} ${y}h${w}a${r} ${r} 0 0 1 ${r} ${r}v${h}a${r} ${r} 0 0 1 ${-r} ${r}h${-w}a${r} ${r} 0 0 1 ${-r} ${-r}v${-h}a${r} ${r} 0 0 1 ${r} ${-r}Z`;
}

export function polygon(...points: Point[]): string {
  return `M${points.map((point) => point.join(' ')).join('L')}Z`;
}

/** The outline of a rotationally symmetric object. @param profile half widths at each height, from top to bottom */
export function lathe(profile: readonly (readonly [y: number, halfWidth: number])[], x = 400): string {
  const right = profile.map(([y, half]): Point => [x + half, y]);
  const left = profile.toReversed().map(([y, half]): Point => [x - half, y]);
  const [start = [x, 0]] = right;
  const [turn = [x, 0]] = left;
  return `M${start.join(' ')}${smooth(right)}L${turn.join(' ')}${smooth(left)}Z`;
}

/** Connects the points by a Catmull-Rom spline, converted to Bézier curves. */
function smooth(points: readonly Point[]): string {
  const at = (index: number): Point => points[Math.max(0, Math.min(points.length - 1, index))] ?? [0, 0];
  return points
    .slice(1)
    .map((end, index) => {
      const [before, start, after] = [at(index - 1), at(index), at(index + 2)];
      const control = (from: Point, low: Point, high: Point, sign: number) =>
        [from[0] + (sign * (high[0] - low[0])) / 6, from[1] + (sign * (high[1] - low[1])) / 6]
          .map(Math.round)
          .join(' ');
      return `C${control(start, before, end, 1)} ${control(end, start, after, -1)} ${end.join(' ')}`;
    })
    .join('');
}

/** Concatenates `count` elements. */
export function each(count: number, element: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => element(index)).join('');
}
