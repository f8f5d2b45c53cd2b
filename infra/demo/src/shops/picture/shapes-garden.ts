import { box, each, ellipse, flat, lathe, polygon, solid, stroke, turned, type Shape } from './svg.ts';

const LEAF = '#6f8a5a';
const LEAF_DARK = '#54703f';

function leaves(random: () => number, y: number): string {
  const leaf = (index: number) => {
    const [x, tip] = [340 + index * 20, 250 + index * 50 + (random() - 0.5) * 40];
    const top = y - 150 - random() * 120;
    const colour = index % 2 === 0 ? LEAF : LEAF_DARK;
    return flat(`M${x} ${y}Q${tip - 50} ${top + 70} ${tip} ${top}Q${tip + 40} ${top + 90} ${x + 12} ${y}Z`, colour);
  };
  return each(7, leaf);
}

const planter: Shape = (paint) =>
  [
    leaves(paint.random, 400),
    solid(polygon([262, 430], [538, 430], [500, 636], [300, 636]), paint.main),
    solid(box(244, 376, 312, 66, 12), paint.main),
    stroke('M252 440H548', paint.dark, 6),
    paint.random() < 0.4 ? flat(box(284, 500, 232, 16), paint.light, 0.7) : '',
  ].join('');

const trowel: Shape = (paint) =>
  turned(
    36,
    [
      solid(box(368, 470, 64, 220, 30), paint.wood),
      solid(box(386, 400, 28, 90, 8), paint.metal),
      solid('M310 220Q400 170 490 220L470 360Q400 440 330 360Z', paint.main),
      stroke('M400 220V380', paint.dark, 6),
    ].join(''),
  );

const shears: Shape = (paint) =>
  turned(
    20,
    [
      solid('M392 400Q330 260 388 130Q430 250 424 400Z', paint.metal),
      solid('M408 400Q470 290 436 160Q390 270 380 400Z', '#c3c9ce'),
      stroke('M396 420Q300 500 320 660', paint.main, 40),
      stroke('M404 420Q500 500 480 660', paint.main, 40),
      flat(ellipse(402, 404, 22), paint.dark),
    ].join(''),
  );

const wateringCan: Shape = (paint) =>
  [
    stroke('M330 380C330 230 520 230 520 380', paint.dark, 20),
    stroke('M330 470L170 300', paint.main, 34),
    turned(0, solid('M120 300L196 244L208 268L140 324Z', paint.metal)),
    solid(
      lathe(
        [
          [370, 110],
          [400, 126],
          [520, 150],
          [634, 158],
        ],
        440,
      ),
      paint.main,
    ),
    stroke('M590 440C690 430 680 590 594 600', paint.main, 20),
    flat(ellipse(440, 372, 108, 20), paint.dark),
  ].join('');

const glove: Shape = (paint) =>
  [
    solid(
      'M300 636V420Q260 380 246 320Q250 290 280 306L316 372V220Q330 190 350 220V340V180Q370 150 390 180V340V190Q410 160 432 190V344V230Q450 204 470 230V400Q510 350 540 360Q552 380 520 420L480 480V636Z',
      paint.main,
    ),
    solid(box(282, 540, 216, 96, 14), paint.dark),
    stroke('M350 350V420M390 350V420M432 354V420', paint.dark, 4),
  ].join('');

const seedPacket: Shape = (paint) =>
  turned(
    -5,
    [
      solid(box(270, 170, 260, 450, 8), paint.paper),
      flat(box(270, 170, 260, 60, 8), paint.main),
      stroke('M400 560V400', LEAF_DARK, 8),
      flat('M400 520q-70 -10 -80 -60q60 0 80 60ZM400 490q70 -10 80 -60q-60 0 -80 60Z', LEAF),
      each(
        8,
        (index) => `<g transform="rotate(${index * 45} 400 360)">${flat(ellipse(400, 312, 22, 40), paint.main)}</g>`,
      ),
      flat(ellipse(400, 360, 28), paint.dark),
      stroke('M310 588h180', paint.dark, 7),
    ].join(''),
  );

const bulb: Shape = (paint) => {
  const one = (x: number, y: number, size: number) =>
    [
      stroke(`M${x} ${y - size}q-8 -40 6 -70`, LEAF, 12),
      solid(
        `M${x} ${y - size * 1.15}Q${x + size} ${y - size * 0.5} ${x + size * 0.86} ${y + size * 0.3}Q${x + size * 0.5} ${y + size * 0.8} ${x} ${y + size * 0.8}Q${x - size * 0.5} ${y + size * 0.8} ${x - size * 0.86} ${y + size * 0.3}Q${x - size} ${y - size * 0.5} ${x} ${y - size * 1.15}Z`,
        '#b98c5e',
      ),
      stroke(
        `M${x} ${y - size}q-${size * 0.6} ${size} -${size * 0.2} ${size * 1.7}M${x} ${y - size}q${size * 0.6} ${size} ${size * 0.2} ${size * 1.7}`,
        '#93693f',
        4,
      ),
    ].join('');
  const flower = `${stroke('M400 470V250', LEAF_DARK, 10)}${solid('M340 180Q370 220 400 160Q430 220 460 180Q480 290 400 300Q320 290 340 180Z', paint.main)}`;
  return flower + one(280, 560, 84) + one(400, 540, 100) + one(526, 566, 80);
};

export const gardening = { planter, trowel, shears, wateringCan, glove, seedPacket, bulb };
