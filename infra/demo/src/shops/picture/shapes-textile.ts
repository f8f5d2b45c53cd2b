import { box, clipped, each, ellipse, flat, polygon, solid, stroke, turned, type Paint, type Shape } from './svg.ts';

/** Draws a woven pattern over the whole canvas: stripes, diamonds, waves or checks. */
function weave(paint: Paint): string {
  const kind = Math.floor(paint.random() * 4);
  const tone = paint.random() < 0.5 ? paint.dark : paint.light;
  switch (kind) {
    case 0:
      return each(14, (index) => flat(box(0, 100 + index * 46, 800, 8 + (index % 3) * 7), tone, 0.75));
    case 1:
      return each(35, (index) => {
        const [x, y] = [(index % 5) * 110 + 180, Math.floor(index / 5) * 90 + 130];
        return stroke(polygon([x, y - 42], [x + 52, y], [x, y + 42], [x - 52, y]), tone, 9);
      });
    case 2:
      return each(12, (index) => stroke(`M80 ${130 + index * 52}${'q40 -34 80 0t80 0'.repeat(4)}`, tone, 9));
    default:
      return each(
        9,
        (index) =>
          flat(box(100 + index * 74, 0, 20, 800), tone, 0.5) + flat(box(0, 80 + index * 74, 800, 20), tone, 0.5),
      );
  }
}

const rug: Shape = (paint) => {
  const cloth = box(220, 150, 360, 500, 6);
  const fringe = (y: number) => each(24, (index) => stroke(`M${230 + index * 15} ${y}v26`, paint.paper, 5));
  return turned(
    -6,
    [
      fringe(136),
      fringe(640),
      solid(cloth, paint.main),
      clipped('weave', cloth, weave(paint)),
      stroke(box(242, 172, 316, 456), paint.dark, 6),
    ].join(''),
  );
};

const cushion: Shape = (paint) => {
  const cloth = 'M210 250Q400 214 590 250Q622 430 590 610Q400 646 210 610Q178 430 210 250Z';
  return [
    solid(cloth, paint.main),
    clipped('weave', cloth, paint.random() < 0.65 ? weave(paint) : ''),
    flat('M224 268Q400 236 576 268Q400 256 224 268Z', paint.light, 0.6),
    stroke('M232 590Q300 540 306 470M568 590Q500 540 494 470', paint.dark, 4),
  ].join('');
};

const throwBlanket: Shape = (paint) => {
  const folded = 'M190 420Q190 384 226 384H590Q620 384 620 420V600Q620 630 590 630H226Q190 630 190 600Z';
  return [
    solid(folded, paint.main),
    clipped('weave', folded, weave(paint)),
    solid('M190 430Q186 340 250 336H572Q622 338 620 390Q600 366 566 368H262Q204 372 190 430Z', paint.light),
    stroke('M196 470H614M196 552H614', paint.dark, 5),
    each(22, (index) => stroke(`M${216 + index * 18} 630v24`, paint.main, 6)),
  ].join('');
};

const tablecloth: Shape = (paint) => {
  const cloth = 'M180 330L620 330L670 600Q640 636 610 600T548 600T486 600T424 600T362 600T300 600T238 600T150 606Z';
  return [
    solid(cloth, paint.main),
    clipped('weave', cloth, paint.random() < 0.6 ? weave(paint) : ''),
    flat(polygon([180, 330], [620, 330], [632, 392], [168, 392]), paint.light, 0.55),
    stroke('M250 400L226 590M400 400V590M550 400L576 590', paint.dark, 4),
  ].join('');
};

const towel: Shape = (paint) => {
  const cloth = 'M270 210H530V620Q480 636 400 626T270 622Z';
  return [
    solid(box(150, 176, 500, 26, 13), paint.wood),
    solid(cloth, paint.main),
    clipped(
      'border',
      cloth,
      each(3, (index) => flat(box(240, 510 + index * 34, 320, index === 1 ? 16 : 8), paint.light, 0.85)),
    ),
    solid('M262 196Q262 168 290 168H510Q538 168 538 196V250H262Z', paint.main),
    stroke('M340 270V600M466 270V604', paint.dark, 3),
  ].join('');
};

const basket: Shape = (paint) => {
  const body = 'M200 400H600L556 610Q552 634 526 634H274Q248 634 244 610Z';
  const row = (index: number) =>
    each(14, (place) => flat(ellipse(190 + place * 33 + (index % 2) * 16, 426 + index * 34, 17, 11), paint.dark, 0.45));
  return [
    stroke('M250 400C250 180 550 180 550 400', paint.dark, 24),
    stroke('M250 400C250 184 550 184 550 400', paint.main, 16),
    solid(body, paint.main),
    clipped('wicker', body, each(7, row)),
    solid(box(188, 380, 424, 36, 18), paint.light),
  ].join('');
};

export const textile = { rug, cushion, throw: throwBlanket, tablecloth, towel, basket };
