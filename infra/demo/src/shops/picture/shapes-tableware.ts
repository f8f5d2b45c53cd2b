import { box, clipped, each, ellipse, flat, lathe, solid, stroke, turned, type Paint, type Shape } from './svg.ts';

/** Draws a glaze on a plain body: a dipped edge, bands, speckles, or nothing. */
function glaze(paint: Paint, body: string, top: number): string {
  const chance = paint.random();
  if (chance < 0.3) return clipped('glaze', body, flat(`M0 ${top + 130}q200 46 400 6t400 -4V0H0Z`, paint.light, 0.75));
  if (chance < 0.55) {
    return clipped(
      'glaze',
      body,
      each(3, (index) => flat(box(0, top + 90 + index * 44, 800, 12), paint.dark, 0.55)),
    );
  }
  if (chance < 0.8) {
    return clipped(
      'glaze',
      body,
      each(46, () =>
        flat(ellipse(180 + paint.random() * 440, top + paint.random() * 400, 3 + paint.random() * 4), paint.dark, 0.5),
      ),
    );
  }
  return '';
}

const opening = (paint: Paint, y: number, width: number, height: number): string =>
  solid(ellipse(400, y, width, height), paint.light) + flat(ellipse(400, y + 4, width - 14, height - 7), paint.dark);

const cup: Shape = (paint) => {
  const body = lathe([
    [300, 150],
    [380, 152],
    [500, 140],
    [590, 112],
    [628, 84],
  ]);
  return [
    stroke('M540 360c110 -30 130 150 -30 170', paint.dark, 34),
    stroke('M540 356c104 -28 122 142 -30 164', paint.main, 26),
    solid(body, paint.main),
    glaze(paint, body, 300),
    opening(paint, 300, 150, 34),
  ].join('');
};

const bowl: Shape = (paint) => {
  const body = lathe([
    [390, 220],
    [440, 216],
    [530, 168],
    [600, 96],
    [634, 84],
  ]);
  return solid(body, paint.main) + glaze(paint, body, 350) + opening(paint, 390, 220, 52);
};

const plate: Shape = (paint) =>
  [
    solid(ellipse(400, 420, 250), paint.main),
    flat(ellipse(400, 420, 232), paint.light, 0.5),
    flat(ellipse(400, 420, 168), paint.main),
    stroke(ellipse(400, 420, 168), paint.dark, 4),
    paint.random() < 0.5 ? stroke(ellipse(400, 420, 206), paint.dark, 7) : '',
  ].join('');

const VASES = [
  [
    [170, 52],
    [250, 44],
    [330, 84],
    [440, 150],
    [540, 146],
    [630, 88],
  ],
  [
    [190, 70],
    [230, 66],
    [300, 150],
    [430, 196],
    [550, 148],
    [634, 78],
  ],
  [
    [160, 96],
    [220, 84],
    [400, 112],
    [560, 116],
    [634, 104],
  ],
  [
    [170, 78],
    [210, 58],
    [270, 70],
    [350, 156],
    [480, 132],
    [634, 70],
  ],
] as const;

const vase: Shape = (paint) => {
  const profile = VASES[Math.floor(paint.random() * VASES.length)] ?? VASES[0];
  const [[top, width]] = profile;
  const body = lathe(profile);
  const stem = paint.random() < 0.6 ? branch(paint, top) : '';
  return stem + solid(body, paint.main) + glaze(paint, body, 260) + opening(paint, top, width, Math.round(width / 4));
};

function branch({ random }: Paint, top: number): string {
  const lean = Math.round((random() - 0.5) * 120);
  const leaf = (index: number) => {
    const side = index % 2 === 0 ? 1 : -1;
    const x = 400 + (lean * index) / 5;
    const y = top - index * 24 + 10;
    return flat(`M${x} ${y}q${side * 46} -38 ${side * 62} -4q${-side * 28} 26 ${-side * 62} 4Z`, '#6f8460');
  };
  return (
    stroke(`M400 ${top + 30}Q${400 + lean / 3} ${top - 60} ${400 + lean} ${top - 120}`, '#5b6b4c', 7) + each(5, leaf)
  );
}

const jug: Shape = (paint) => {
  const body = lathe([
    [220, 92],
    [290, 84],
    [400, 142],
    [520, 150],
    [634, 104],
  ]);
  return [
    stroke('M510 280c130 -20 130 200 10 220', paint.dark, 34),
    stroke('M510 276c124 -18 124 190 10 214', paint.main, 26),
    solid(body, paint.main),
    glaze(paint, body, 280),
    solid('M308 220q-62 -4 -70 -26q60 -10 110 12Z', paint.main),
    opening(paint, 220, 92, 22),
  ].join('');
};

const teapot: Shape = (paint) => {
  const body = lathe([
    [330, 92],
    [380, 176],
    [470, 204],
    [560, 168],
    [626, 100],
  ]);
  return [
    stroke('M580 400c120 -60 110 150 -30 150', paint.dark, 30),
    stroke('M580 397c114 -56 104 144 -30 144', paint.main, 22),
    solid('M226 500q-60 -30 -70 -130q34 -20 54 0q4 60 66 70Z', paint.main),
    solid(body, paint.main),
    glaze(paint, body, 350),
    solid(
      lathe([
        [280, 20],
        [300, 78],
        [338, 104],
      ]),
      paint.light,
    ),
    solid(ellipse(400, 270, 24), paint.wood),
  ].join('');
};

const board: Shape = (paint) =>
  turned(
    -14,
    [
      solid(box(270, 150, 260, 420, 46), paint.main),
      solid(box(362, 560, 76, 110, 34), paint.main),
      flat(ellipse(400, 634, 14), paint.dark),
      ...[320, 372, 440, 486].map((x) => stroke(`M${x} 176q${(paint.random() - 0.5) * 50} 190 0 370`, paint.dark, 3)),
    ].join(''),
  );

const spoon: Shape = (paint) =>
  turned(
    32,
    [
      solid(
        lathe([
          [330, 14],
          [640, 18],
          [690, 22],
        ]),
        paint.main,
      ),
      solid(ellipse(400, 240, 84, 116), paint.main),
      flat(ellipse(394, 236, 60, 90), paint.dark, 0.5),
    ].join(''),
  );

const pan: Shape = (paint) =>
  turned(
    24,
    [
      solid(box(560, 376, 200, 44, 22), paint.wood),
      solid(ellipse(360, 400, 216), paint.main),
      flat(ellipse(360, 400, 188), paint.dark),
      flat('M200 360q60 -110 190 -120q-110 30 -160 150Z', paint.light, 0.28),
    ].join(''),
  );

const pot: Shape = (paint) =>
  [
    solid(box(140, 400, 90, 40, 18), paint.dark),
    solid(box(570, 400, 90, 40, 18), paint.dark),
    solid(box(196, 340, 408, 296, 56), paint.main),
    solid(
      lathe([
        [270, 40],
        [290, 150],
        [346, 214],
      ]),
      paint.main,
    ),
    stroke('M188 346h424', paint.dark, 12),
    solid(box(362, 226, 76, 46, 20), paint.metal),
  ].join('');

const knife: Shape = (paint) =>
  turned(
    -38,
    [
      solid('M180 372H516V446Q330 470 150 386Z', paint.metal),
      stroke('M164 392Q330 460 512 436', '#ffffff', 4),
      solid(box(508, 366, 190, 62, 26), paint.main),
      ...[560, 610, 660].map((x) => flat(ellipse(x, 397, 8), paint.metal)),
    ].join(''),
  );

export const tableware = { cup, bowl, plate, vase, jug, teapot, board, spoon, pan, pot, knife };
