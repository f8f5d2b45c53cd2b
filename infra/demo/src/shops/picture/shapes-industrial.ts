import { box, each, ellipse, flat, polygon, solid, stroke, turned, type Shape } from './svg.ts';

const hexagon = (x: number, y: number, size: number): string =>
  polygon(
    [x - size, y],
    [x - size / 2, y - size * 0.86],
    [x + size / 2, y - size * 0.86],
    [x + size, y],
    [x + size / 2, y + size * 0.86],
    [x - size / 2, y + size * 0.86],
  );

const bolt: Shape = (paint) =>
  turned(
    -30,
    [
      solid(box(300, 370, 380, 70, 10), paint.main),
      each(15, (index) => stroke(`M${400 + index * 18} 372l-10 66`, paint.dark, 5)),
      solid(box(236, 314, 80, 182, 12), paint.main),
      stroke('M240 374h72M240 436h72', paint.dark, 5),
      solid(hexagon(250, 610, 74), paint.main),
      flat(ellipse(250, 610, 36), paint.dark),
    ].join(''),
  );

const rod: Shape = (paint) =>
  turned(
    -40,
    each(
      4,
      (row) =>
        solid(box(160 + row * 26, 250 + row * 84, 440, 40, 12), paint.main) +
        each(21, (index) => stroke(`M${184 + row * 26 + index * 19} ${252 + row * 84}l-9 36`, paint.dark, 4)),
    ),
  );

const bearing: Shape = (paint) =>
  [
    solid(ellipse(400, 420, 220), paint.main),
    flat(ellipse(400, 420, 176), paint.dark),
    each(
      10,
      (index) => `<g transform="rotate(${index * 36} 400 420)">${solid(ellipse(400, 280, 34), paint.metal)}</g>`,
    ),
    solid(ellipse(400, 420, 112), paint.main),
    flat(ellipse(400, 420, 72), paint.paper),
    stroke(ellipse(400, 420, 214), paint.light, 5),
  ].join('');

const hose: Shape = (paint) =>
  [
    stroke(ellipse(400, 430, 170), paint.dark, 132),
    stroke(ellipse(400, 430, 200), paint.main, 46),
    stroke(ellipse(400, 430, 142), paint.main, 46),
    stroke('M400 216Q560 180 650 216', paint.main, 44),
    solid(box(630, 190, 80, 56, 10), paint.metal),
  ].join('');

const helmet: Shape = (paint) =>
  [
    solid('M200 500C190 240 610 240 600 500Z', paint.main),
    solid('M360 270Q400 236 440 270V500H360Z', paint.light),
    stroke('M290 330Q270 400 270 490M510 330Q530 400 530 490', paint.dark, 8),
    solid(box(160, 490, 480, 56, 28), paint.main),
    solid('M560 500Q690 510 680 546Q620 560 560 546Z', paint.dark),
  ].join('');

const goggles: Shape = (paint) =>
  [
    stroke('M190 400C200 280 600 280 610 400', paint.dark, 22),
    solid(box(160, 370, 220, 170, 70), paint.dark),
    solid(box(420, 370, 220, 170, 70), paint.dark),
    flat(box(182, 392, 176, 126, 54), paint.main),
    flat(box(442, 392, 176, 126, 54), paint.main),
    stroke('M376 430Q400 404 424 430', paint.dark, 20),
    flat('M210 480Q220 410 290 404Q240 430 232 490ZM470 480Q480 410 550 404Q500 430 492 490Z', '#ffffff', 0.55),
  ].join('');

const canister: Shape = (paint) =>
  [
    solid(box(470, 180, 80, 60, 10), '#2f2f33'),
    stroke('M280 260V200H420', paint.main, 34),
    solid('M250 250H500L560 310V606Q560 636 530 636H270Q240 636 240 606V260Z', paint.main),
    solid(box(284, 370, 232, 190, 10), paint.paper),
    flat(polygon([400, 392], [452, 476], [348, 476]), paint.main),
    stroke('M320 508h160M346 534h108', paint.dark, 7),
  ].join('');

const carton: Shape = (paint) =>
  [
    solid(polygon([190, 350], [400, 420], [400, 650], [190, 570]), paint.main),
    flat(polygon([610, 350], [400, 420], [400, 650], [610, 570]), paint.dark),
    solid(polygon([400, 280], [610, 350], [400, 420], [190, 350]), paint.light),
    flat(polygon([296, 316], [330, 304], [540, 374], [506, 386]), paint.paper),
    flat(polygon([506, 386], [540, 374], [540, 440], [506, 450]), paint.paper, 0.9),
    stroke('M230 520l70 26M230 550l44 16', paint.dark, 7),
  ].join('');

export const industry = { bolt, rod, bearing, hose, helmet, goggles, canister, carton };
