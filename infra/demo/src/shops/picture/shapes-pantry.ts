import { box, clipped, each, ellipse, flat, lathe, polygon, solid, stroke, type Paint, type Shape } from './svg.ts';

/** Draws a paper label with two lines of text and a small emblem. */
function label({ paper, dark, main, random }: Paint, x: number, y: number, width: number, height: number): string {
  const middle = x + width / 2;
  const mark =
    random() < 0.5
      ? flat(ellipse(middle, y + height * 0.34, height * 0.16), main)
      : flat(
          polygon(
            [middle, y + height * 0.16],
            [middle + height * 0.17, y + height * 0.48],
            [middle - height * 0.17, y + height * 0.48],
          ),
          main,
        );
  return [
    solid(box(x, y, width, height, 8), paper),
    mark,
    stroke(`M${x + width * 0.22} ${y + height * 0.66}h${width * 0.56}`, dark, 7),
    stroke(`M${x + width * 0.32} ${y + height * 0.82}h${width * 0.36}`, dark, 5),
  ].join('');
}

const jar: Shape = (paint) =>
  [
    solid(box(280, 260, 240, 376, 40), paint.main),
    flat(box(298, 380, 204, 240, 28), paint.light, 0.5),
    solid(box(268, 204, 264, 64, 16), paint.wood),
    stroke('M272 276H528', paint.metal, 9),
    label(paint, 320, 410, 160, 140),
  ].join('');

const bottle: Shape = (paint) =>
  [
    solid(box(372, 130, 56, 60, 10), paint.wood),
    solid(
      lathe([
        [180, 30],
        [270, 32],
        [330, 84],
        [390, 100],
        [600, 100],
        [636, 88],
      ]),
      paint.main,
    ),
    flat('M322 400q-6 120 4 210h22q-16 -100 -8 -220Z', '#ffffff', 0.22),
    label(paint, 318, 420, 164, 150),
  ].join('');

const coffeeBag: Shape = (paint) =>
  [
    solid('M260 220H540L560 260V610Q560 636 534 636H266Q240 636 240 610V260Z', paint.main),
    solid(box(252, 190, 296, 50, 10), paint.dark),
    flat(polygon([240, 262], [288, 300], [288, 600], [240, 620]), paint.dark, 0.35),
    flat(polygon([560, 262], [512, 300], [512, 600], [560, 620]), paint.dark, 0.35),
    label(paint, 304, 340, 192, 190),
    flat(ellipse(400, 282, 14), paint.dark),
  ].join('');

const teaTin: Shape = (paint) =>
  [
    solid(box(280, 300, 240, 336, 14), paint.main),
    solid(box(270, 230, 260, 92, 16), paint.dark),
    solid(
      lathe([
        [196, 26],
        [206, 60],
        [232, 84],
      ]),
      paint.metal,
    ),
    label(paint, 312, 376, 176, 180),
    stroke('M280 600H520', paint.light, 6),
  ].join('');

const spiceJar: Shape = (paint) => {
  const glass = box(300, 320, 200, 316, 34);
  return [
    solid(glass, '#e9e4da'),
    clipped(
      'spice',
      glass,
      solid('M280 400Q350 380 400 398T520 392V660H280Z', paint.main) +
        each(40, () => flat(ellipse(300 + paint.random() * 200, 410 + paint.random() * 220, 4), paint.dark, 0.5)),
    ),
    solid(box(304, 244, 192, 84, 14), paint.wood),
    label(paint, 316, 452, 168, 120),
  ].join('');
};

const preserve: Shape = (paint) =>
  [
    solid(box(280, 330, 240, 300, 44), paint.main),
    flat('M300 380q-8 130 10 220h26q-18 -110 -8 -224Z', '#ffffff', 0.3),
    solid(
      'M256 320Q400 250 544 320L560 368Q540 384 520 366T470 368T420 368T370 368T320 368T270 366T240 368Z',
      paint.paper,
    ),
    stroke('M276 350Q400 330 524 350', paint.wood, 9),
    label(paint, 312, 430, 176, 140),
  ].join('');

const dripper: Shape = (paint) =>
  [
    stroke('M546 300c96 -16 90 120 -40 110', paint.main, 22),
    solid(polygon([240, 260], [560, 260], [446, 450], [354, 450]), paint.main),
    flat(ellipse(400, 260, 160, 26), paint.dark),
    ...[320, 370, 430, 480].map((x) => stroke(`M${x} 290L${400 + (x - 400) * 0.5} 430`, paint.dark, 4)),
    solid(ellipse(400, 456, 120, 18), paint.main),
    flat(box(310, 474, 180, 162, 24), '#dfe6e6', 0.9),
    solid(box(318, 550, 164, 80, 20), '#6d4a33'),
  ].join('');

const grinder: Shape = (paint) =>
  [
    stroke('M400 240Q470 190 560 196', paint.metal, 14),
    solid(ellipse(570, 186, 26), paint.wood),
    solid(
      lathe([
        [236, 40],
        [270, 96],
        [330, 100],
        [350, 84],
      ]),
      paint.metal,
    ),
    solid(box(316, 346, 168, 290, 22), paint.main),
    solid(box(316, 440, 168, 22), paint.metal),
  ].join('');

const tin: Shape = (paint) =>
  [
    solid('M220 430V560A180 56 0 0 0 580 560V430Z', paint.main),
    solid(ellipse(400, 430, 180, 58), paint.light),
    flat(ellipse(400, 428, 150, 44), paint.main),
    label(paint, 320, 490, 160, 110),
  ].join('');

export const pantry = { jar, bottle, coffeeBag, teaTin, spiceJar, preserve, dripper, grinder, tin };
