import sharp from 'sharp';
import type { DemoProduct } from '../demo.types.ts';
import { seededRandom } from '../seeded-random.ts';
import { lightness, mix } from './colour.ts';
import { room } from './room.ts';
import { shapes } from './shapes.ts';
import type { Paint } from './svg.ts';

/** The width and the height in pixels. */
export const PICTURE_SIZE = 800;

/** Draws a product as a WebP picture with 800 by 800 pixels and less than 15 kB. The output is deterministic. */
export async function drawPicture(product: DemoProduct): Promise<Buffer> {
  return sharp(Buffer.from(pictureSvg(product)))
    .resize(PICTURE_SIZE, PICTURE_SIZE)
    .webp({ quality: 64, effort: 2 })
    .toBuffer();
}

/** Draws a product as SVG, which `drawPicture` converts to WebP. */
export function pictureSvg({ baseSku, picture }: Pick<DemoProduct, 'baseSku' | 'picture'>): string {
  const { colour, shape } = picture;
  const paint: Paint = {
    main: colour,
    dark: mix(colour, '#1d1a16', lightness(colour) < 0.25 ? 0.55 : 0.32),
    light: mix(colour, '#ffffff', 0.34),
    wood: '#b48a5c',
    paper: '#f6f1e7',
    metal: '#b4bac0',
    random: seededRandom(`picture of ${baseSku}`),
  };
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="50 50 700 700">',
    '<defs><linearGradient id="volume"><stop offset="0" stop-color="#fff" stop-opacity=".22"/>',
    '<stop offset=".4" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".3"/></linearGradient></defs>',
    room(colour, seededRandom(`room of ${baseSku}`)),
    shapes[shape](paint),
    '</svg>',
  ].join('');
}
