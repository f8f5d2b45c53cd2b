import sharp from 'sharp';
import type { DemoProduct } from '../demo.types.ts';
import { seededRandom } from '../seeded-random.ts';
import { lightness, mix } from './colour.ts';
import { shapes } from './shapes.ts';
import type { Paint } from './svg.ts';

/** Width and height in pixels. */
export const PICTURE_SIZE = 800;

const WALL = '#f3ede3';
const DEEP_WALL = '#a9a296';

/** Draws a product as WebP with 800 by 800 pixels and less than 15 kB. The picture of a product always has the same bytes. */
export async function drawPicture(product: DemoProduct): Promise<Buffer> {
  return sharp(Buffer.from(pictureSvg(product)))
    .resize(PICTURE_SIZE, PICTURE_SIZE)
    .webp({ quality: 72, effort: 2 })
    .toBuffer();
}

/** Draws a product as SVG. `drawPicture` converts the SVG. */
export function pictureSvg({ baseSku, picture }: Pick<DemoProduct, 'baseSku' | 'picture'>): string {
  const { colour, shape } = picture;
  const pale = lightness(colour) > 0.78;
  const wall = mix(pale ? DEEP_WALL : WALL, colour, pale ? 0.2 : 0.12);
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
    `<rect width="800" height="800" fill="${wall}"/>`,
    `<rect y="560" width="800" height="240" fill="${mix(wall, '#5b4a3a', 0.14)}"/>`,
    `<ellipse cx="410" cy="640" rx="250" ry="30" fill="#000" opacity=".14"/>`,
    shapes[shape](paint),
    '</svg>',
  ].join('');
}
