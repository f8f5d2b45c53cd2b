type Channels = readonly [red: number, green: number, blue: number];

/** Mixes two colours. @param share the share of the second colour, from 0 to 1. Colours are `#rrggbb` */
export function mix(from: string, to: string, share: number): string {
  const target = channels(to);
  const mixed = channels(from).map((value, index) => Math.round(value + ((target[index] ?? 0) - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** The perceived lightness of a colour, from 0 to 1. */
export function lightness(colour: string): number {
  const [red, green, blue] = channels(colour);
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}

/** The distance of two colours: 0 when they are equal, 1 for black and white. */
export function distance(one: string, other: string): number {
  const [a, b] = [channels(one), channels(other)];
  const squares = a.map((value, index) => ((value - (b[index] ?? 0)) / 255) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}

function channels(colour: string): Channels {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
