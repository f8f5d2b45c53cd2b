import { box, each, ellipse, flat, polygon, solid, stroke, turned, type Paint, type Shape } from './svg.ts';

/** Draws a line of stitches along a path. */
const stitched = (path: string, { light }: Paint): string =>
  `<path d="${path}" fill="none" stroke="${light}" stroke-width="4" stroke-dasharray="12 9" stroke-linecap="round"/>`;

const bag: Shape = (paint) =>
  [
    stroke('M300 330C290 120 510 120 500 330', paint.dark, 20),
    solid('M230 310H570L600 610Q600 636 574 636H226Q200 636 200 610Z', paint.main),
    stitched('M246 328H554L580 604Q580 618 566 618H234Q220 618 220 604Z', paint),
    solid(box(282, 300, 36, 70, 10), paint.dark),
    solid(box(482, 300, 36, 70, 10), paint.dark),
  ].join('');

const backpack: Shape = (paint) =>
  [
    stroke('M370 180C370 130 430 130 430 180', paint.dark, 16),
    solid(box(250, 200, 300, 436, 70), paint.main),
    solid('M250 290Q250 176 330 172H470Q550 176 550 290V360Q400 400 250 360Z', paint.dark),
    solid(box(286, 450, 228, 150, 26), paint.main),
    stitched(box(298, 462, 204, 126, 20), paint),
    ...[330, 446].map(
      (x) => solid(box(x, 340, 24, 104, 8), paint.wood) + flat(box(x - 4, 392, 32, 20, 4), paint.metal),
    ),
  ].join('');

const satchel: Shape = (paint) =>
  [
    stroke('M220 340C230 110 570 110 580 340', paint.dark, 14),
    solid(box(200, 310, 400, 320, 30), paint.dark),
    solid('M200 340Q200 310 230 310H570Q600 310 600 340V480Q600 540 400 548Q200 540 200 480Z', paint.main),
    stitched('M218 346Q218 328 236 328H564Q582 328 582 346V474Q580 520 400 528Q220 520 218 474Z', paint),
    solid(box(376, 500, 48, 80, 12), paint.wood),
    flat(ellipse(400, 546, 10), paint.metal),
  ].join('');

const wallet: Shape = (paint) =>
  turned(
    -8,
    [
      solid(box(200, 290, 400, 270, 26), paint.dark),
      solid(box(200, 310, 400, 250, 26), paint.main),
      stitched(box(216, 326, 368, 218, 18), paint),
      solid(box(520, 400, 100, 70, 30), paint.dark),
      flat(ellipse(566, 435, 13), paint.metal),
    ].join(''),
  );

const belt: Shape = (paint) =>
  turned(
    -24,
    [
      solid(box(190, 366, 500, 68, 22), paint.main),
      stitched(box(204, 378, 472, 44, 14), paint),
      each(5, (index) => flat(ellipse(520 + index * 32, 400, 7), paint.dark)),
      stroke(box(132, 344, 104, 112, 20), paint.metal, 18),
      stroke('M184 400H262', paint.metal, 12),
    ].join(''),
  );

const notebook: Shape = (paint) =>
  turned(
    7,
    [
      solid(box(264, 176, 296, 440, 14), paint.paper),
      solid(box(250, 164, 296, 440, 14), paint.main),
      flat(box(250, 164, 44, 440, 14), paint.dark, 0.6),
      paint.random() < 0.5
        ? stroke('M500 164V604', paint.dark, 12)
        : solid(box(340, 250, 150, 96, 6), paint.paper) + stroke('M364 284h102M364 314h70', paint.dark, 6),
      flat('M470 604h26v60l-13 -14l-13 14Z', paint.dark),
    ].join(''),
  );

const pen: Shape = (paint) =>
  turned(
    38,
    [
      solid(box(372, 120, 56, 250, 26), paint.main),
      solid(box(372, 352, 56, 210, 10), paint.dark),
      solid(polygon([378, 560], [422, 560], [400, 680]), paint.metal),
      stroke('M400 600V664', '#4a4a4c', 3),
      solid(box(420, 150, 14, 150, 7), paint.metal),
      flat(box(370, 346, 60, 16), paint.metal),
    ].join(''),
  );

const inkBottle: Shape = (paint) =>
  [
    solid(polygon([300, 400], [500, 400], [570, 636], [230, 636]), '#dde3e4'),
    solid(polygon([286, 450], [514, 450], [562, 626], [238, 626]), paint.main),
    solid(box(330, 350, 140, 60, 10), '#cfd6d7'),
    solid(box(320, 270, 160, 90, 16), '#2f2f33'),
    solid(box(318, 500, 164, 84, 4), paint.paper),
    stroke('M346 530h108M366 556h68', paint.dark, 6),
  ].join('');

const card: Shape = (paint) =>
  [
    turned(-10, solid(box(210, 230, 340, 400, 6), paint.main)),
    turned(
      6,
      [
        solid(box(250, 210, 330, 410, 6), paint.paper),
        stroke(box(274, 234, 282, 362), paint.main, 5),
        stroke('M415 520Q400 400 430 300', paint.dark, 6),
        each(6, (index) => {
          const [y, side] = [340 + index * 28, index % 2 === 0 ? 1 : -1];
          return flat(`M416 ${y}q${side * 44} -40 ${side * 76} -6q${-side * 34} 30 ${-side * 76} 6Z`, paint.main);
        }),
      ].join(''),
    ),
  ].join('');

const reel: Shape = (paint) =>
  [
    solid(box(250, 230, 300, 46, 18), paint.wood),
    solid(box(290, 270, 220, 330, 10), paint.main),
    each(11, (index) =>
      stroke(`M294 ${294 + index * 28}Q400 ${306 + index * 28} 506 ${288 + index * 28}`, paint.dark, 4),
    ),
    solid(box(250, 590, 300, 46, 18), paint.wood),
    stroke('M506 560Q580 560 600 610T670 632', paint.main, 10),
  ].join('');

const tray: Shape = (paint) =>
  [
    solid(polygon([240, 380], [560, 380], [650, 540], [150, 540]), paint.dark),
    solid(polygon([150, 540], [650, 540], [640, 620], [160, 620]), paint.main),
    solid(polygon([290, 350], [520, 340], [590, 500], [230, 508]), paint.paper),
    stroke('M310 400L500 392M300 430L516 422M290 462L470 454', paint.dark, 5),
    solid(polygon([240, 366], [258, 366], [172, 540], [150, 540]), paint.main),
    solid(polygon([542, 366], [560, 366], [650, 540], [628, 540]), paint.main),
  ].join('');

const stone: Shape = (paint) =>
  [
    solid('M210 540Q220 410 360 396T560 440Q640 520 580 600Q480 646 340 634Q210 626 210 540Z', paint.main),
    stroke('M250 470Q360 520 430 470T590 520', paint.paper, 9),
    flat('M270 470Q330 416 420 420Q330 440 290 490Z', '#ffffff', 0.3),
  ].join('');

export const carried = { bag, backpack, satchel, wallet, belt, notebook, pen, inkBottle, card, reel, tray, stone };
