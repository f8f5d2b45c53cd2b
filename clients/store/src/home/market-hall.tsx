const WALL = '#f1dcc4';
const SHADE = '#e2c19d';
const DEEP = '#8d4a2b';
const CLAY = '#b4532a';
const PALE = '#fbf1e4';
const OLIVE = '#7a8052';
const INK = '#3f2f25';
const BRASS = '#d9a441';

const ARCHES = [40, 236, 432];

/** A decorative drawing of a market hall: three arches, lamps, and a stall with pots, cloths and fruit. */
export function MarketHall({ className }: { readonly className?: string }) {
  return (
    <svg viewBox="0 0 640 480" aria-hidden className={className}>
      <rect width="640" height="480" fill={WALL} />
      {ARCHES.map((x) => (
        <Arch key={x} x={x} />
      ))}
      <rect y="372" width="640" height="108" fill="#d3ab82" />
      <path d="M0 372h640M0 410h640M0 452h640" stroke="#bf9367" strokeWidth="2" />
      <Awning />
      <Stall />
      <Lamp x={138} y={96} />
      <Lamp x={530} y={76} />
    </svg>
  );
}

function Arch({ x }: { readonly x: number }) {
  return (
    <g>
      <path d={`M${x} 372V168a84 84 0 0 1 168 0v204Z`} fill={SHADE} />
      <path d={`M${x + 14} 372V170a70 70 0 0 1 140 0v202Z`} fill={PALE} />
      <path d={`M${x + 34} 372V214a50 50 0 0 1 100 0v158Z`} fill="#f3e3cf" />
      <path d={`M${x + 34} 372V214a50 50 0 0 1 50-50v208Z`} fill="#ecd7bd" />
    </g>
  );
}

const STRIPES = Array.from({ length: 10 }, (_, index) => index);
/** The width of a stripe of the awning, at the wall and at the front edge. */
const AT_WALL = 41.6;
const AT_EDGE = 48;

function Awning() {
  return (
    <g>
      {STRIPES.map((index) => {
        const [top, bottom] = [112 + index * AT_WALL, 80 + index * AT_EDGE];
        return (
          <g key={index} fill={index % 2 === 0 ? CLAY : PALE}>
            <path d={`M${top} 196h${AT_WALL}L${bottom + AT_EDGE} 254h${-AT_EDGE}Z`} />
            <path d={`M${bottom} 254a24 20 0 0 0 ${AT_EDGE} 0Z`} />
          </g>
        );
      })}
      <path d="M108 262v84M532 262v84" stroke={DEEP} strokeWidth="8" />
    </g>
  );
}

function Stall() {
  return (
    <g>
      <rect x="92" y="346" width="456" height="22" rx="4" fill="#a5673c" />
      <rect x="104" y="368" width="432" height="72" fill="#8a5430" />
      <path d="M104 392h432M104 416h432" stroke="#774525" strokeWidth="3" />
      <Pots />
      <Cloths />
      <Fruit />
    </g>
  );
}

function Pots() {
  return (
    <g>
      <path d="M136 346c-20-14-22-46 0-58l-4-16h36l-4 16c22 12 20 44 0 58Z" fill={CLAY} />
      <path d="M136 300h28" stroke={PALE} strokeWidth="5" />
      <path d="M196 346c-14-10-14-30 0-40h32c14 10 14 30 0 40Z" fill={OLIVE} />
      <path d="M196 318h32" stroke={PALE} strokeWidth="4" />
      <path d="M252 346c-8-24 4-40 4-66h12c0 26 12 42 4 66Z" fill={INK} />
      <path
        d="M262 280c-2-22-16-30-24-34M262 280c0-24 8-34 20-42M262 280v-46"
        stroke={OLIVE}
        strokeWidth="4"
        fill="none"
      />
      <circle cx="236" cy="244" r="7" fill={BRASS} />
      <circle cx="284" cy="236" r="8" fill={CLAY} />
      <circle cx="262" cy="230" r="7" fill={BRASS} />
    </g>
  );
}

function Cloths() {
  return (
    <g>
      <rect x="300" y="330" width="92" height="16" rx="5" fill={PALE} />
      <rect x="304" y="314" width="84" height="16" rx="5" fill={BRASS} />
      <rect x="300" y="298" width="92" height="16" rx="5" fill={CLAY} />
      <rect x="308" y="282" width="76" height="16" rx="5" fill={OLIVE} />
      <path d="M320 330v16M340 330v16M360 330v16" stroke={DEEP} strokeWidth="2" />
    </g>
  );
}

function Fruit() {
  const row = (count: number, x: number, y: number) =>
    Array.from({ length: count }, (_, index) => ({ x: x + index * 26, y }));
  return (
    <g>
      {[...row(4, 428, 322), ...row(3, 441, 302), ...row(2, 454, 284)].map(({ x, y }, index) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r="14" fill={index % 3 === 1 ? BRASS : '#d8733f'} />
      ))}
      <path d="M408 322h124l-10 24H418Z" fill="#c08a55" />
      <path d="M412 332h116" stroke={DEEP} strokeWidth="3" />
    </g>
  );
}

function Lamp({ x, y }: { readonly x: number; readonly y: number }) {
  return (
    <g>
      <path d={`M${x} 0v${y}`} stroke={INK} strokeWidth="3" />
      <path d={`M${x - 26} ${y + 26}a26 26 0 0 1 52 0Z`} fill={DEEP} />
      <circle cx={x} cy={y + 30} r="9" fill={BRASS} />
    </g>
  );
}
