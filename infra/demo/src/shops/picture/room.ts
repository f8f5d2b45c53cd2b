import { distance, lightness, mix } from './colour.ts';
import { each, ellipse, flat, polygon } from './svg.ts';

/** Wall colours behind objects of a medium or dark colour. */
const PALE_WALLS = ['#f4e5d2', '#eddccb', '#e0e5d5', '#f2dacb', '#dbe4e4', '#f2e4bc'];
/** Wall colours behind pale objects, which would be invisible on a pale wall. */
const DEEP_WALLS = ['#c7835f', '#8f9c78', '#7b98a0', '#cba45c', '#ad7673', '#9c8aa0'];
const FLOOR = '#6b4a32';
/** The minimum distance at which two colours are easy to distinguish, from 0 to 1. */
const CLEAR = 0.2;

/**
 * Draws the background of an object: wall, table, backdrop, and the shadow on the table.
 * @param random returns numbers in [0, 1)
 */
export function room(colour: string, random: () => number): string {
  const walls = lightness(colour) > 0.7 ? DEEP_WALLS : PALE_WALLS;
  const clear = walls.filter((candidate) => distance(candidate, colour) > CLEAR);
  const wall = pick(clear.length > 0 ? clear : walls, random());
  const floor = mix(wall, FLOOR, 0.24);
  return [
    `<rect width="800" height="800" fill="${wall}"/>`,
    pick(BACKDROPS, random())(wall),
    `<rect y="572" width="800" height="228" fill="${floor}"/>`,
    `<rect y="572" width="800" height="6" fill="${mix(floor, '#ffffff', 0.25)}"/>`,
    flat(ellipse(424, 644, 260, 26), mix(floor, '#1d1a16', 0.55), 0.5),
  ].join('');
}

/** Draws an ornament on the wall above the table. */
type Backdrop = (wall: string) => string;

const BACKDROPS: readonly Backdrop[] = [niche, disc, windowLight, panels, windowLight];

function niche(wall: string): string {
  const arch = (inset: number) =>
    `M${150 + inset} 580V${350 + inset}a${250 - inset} ${250 - inset} 0 0 1 ${500 - 2 * inset} 0V580Z`;
  return flat(arch(0), mix(wall, '#5b3c28', 0.16)) + flat(arch(26), mix(wall, '#ffffff', 0.28));
}

function disc(wall: string): string {
  return flat(ellipse(400, 330, 236), mix(wall, '#ffffff', 0.32));
}

/** The light of a window with four panes on the wall. */
function windowLight(wall: string): string {
  const pane = (x: number, y: number) => polygon([x, y], [x + 150, y - 36], [x + 186, y + 150], [x + 36, y + 186]);
  const light = mix(wall, '#fff6df', 0.5);
  return [pane(430, 130), pane(592, 92), pane(470, 330), pane(632, 292)].map((path) => flat(path, light)).join('');
}

function panels(wall: string): string {
  const gap = mix(wall, '#5b3c28', 0.16);
  return each(7, (index) => `<rect x="${80 + index * 110}" width="5" height="572" fill="${gap}"/>`);
}

function pick<Item>(items: readonly Item[], at: number): Item {
  const item = items[Math.floor(at * items.length)];
  if (item === undefined) throw new RangeError('The list has no items.');
  return item;
}
