import { box, each, ellipse, flat, lathe, polygon, solid, stroke, type Shape } from './svg.ts';

const GLOW = '#fff1c4';

const glow = (x: number, y: number, size: number): string =>
  [1, 0.72, 0.46].map((share) => flat(ellipse(x, y, size * share), GLOW, 0.32)).join('');

const tableLamp: Shape = (paint) => {
  const kind = paint.random();
  const shade =
    kind < 0.5
      ? polygon([300, 170], [500, 170], [560, 370], [240, 370])
      : lathe([
          [190, 70],
          [240, 150],
          [330, 176],
          [366, 176],
        ]);
  return [
    glow(400, 400, 210),
    solid(
      kind < 0.35
        ? lathe([
            [370, 16],
            [430, 60],
            [540, 110],
            [634, 82],
          ])
        : lathe([
            [360, 14],
            [590, 14],
            [606, 100],
            [638, 112],
          ]),
      paint.main,
    ),
    solid(shade, kind < 0.35 ? paint.paper : paint.light),
    stroke('M246 366H554', GLOW, 8),
  ].join('');
};

const pendant: Shape = (paint) => {
  const kind = paint.random();
  const shade =
    kind < 0.4
      ? lathe([
          [300, 40],
          [330, 120],
          [400, 190],
          [470, 214],
        ])
      : kind < 0.7
        ? lathe([
            [290, 30],
            [340, 150],
            [420, 186],
            [500, 150],
            [530, 110],
          ])
        : polygon([360, 280], [440, 280], [610, 480], [190, 480]);
  return [
    stroke('M400 0V290', '#3c3c3e', 6),
    glow(400, 540, 150),
    flat(ellipse(400, 486, 60, 50), GLOW),
    solid(box(372, 246, 56, 56, 12), paint.metal),
    solid(shade, paint.main),
    kind < 0.4
      ? each(4, (index) =>
          stroke(`M${310 + index * 60} 330Q${290 + index * 72} 400 ${270 + index * 86} 462`, paint.dark, 4),
        )
      : '',
  ].join('');
};

const lantern: Shape = (paint) =>
  [
    stroke('M340 220C340 130 460 130 460 220', paint.dark, 12),
    solid(polygon([400, 176], [540, 280], [260, 280]), paint.main),
    flat(box(278, 280, 244, 290), '#fbf3dc', 0.75),
    glow(400, 450, 96),
    solid(box(366, 470, 68, 100, 8), '#f2e6cf'),
    flat('M400 400q30 40 0 66q-30 -26 0 -66Z', '#f0a63c'),
    ...[272, 388, 504].map((x) => solid(box(x, 280, 24, 292), paint.main)),
    solid(box(244, 566, 312, 62, 10), paint.main),
    solid(box(258, 270, 284, 24, 8), paint.main),
  ].join('');

const candle: Shape = (paint) => {
  const slim = paint.random() < 0.5;
  const one = (x: number, top: number, width: number) =>
    [
      glow(x, top - 50, 60),
      stroke(`M${x} ${top}v-22`, '#3c3c3e', 5),
      flat(`M${x} ${top - 76}q26 38 0 62q-26 -24 0 -62Z`, '#f0a63c'),
      solid(box(x - width, top, width * 2, 620 - top, 10), paint.main),
      flat(ellipse(x, top + 5, width, 9), paint.light),
    ].join('');
  return slim
    ? one(310, 290, 24) + one(400, 230, 24) + one(490, 320, 24) + solid(box(240, 606, 320, 30, 14), paint.wood)
    : solid(box(290, 360, 220, 276, 24), paint.dark) +
        one(400, 340, 96) +
        solid(box(324, 440, 152, 110, 6), paint.paper) +
        stroke('M352 480h96M368 512h64', paint.dark, 6);
};

export const light = { tableLamp, pendant, lantern, candle };
