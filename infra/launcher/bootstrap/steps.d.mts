/** Functions that color text if the stream supports colors. */
export interface Painter {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  blue(text: string): string;
  cyan(text: string): string;
}

/** An output stream: a terminal, a pipe, or a test. */
export interface StepStream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  hasColors?(): boolean;
}

export interface Steps {
  /** Runs `work`, and shows it as one line. Rethrows its error. */
  step<T>(label: string, work: () => T | Promise<T>): Promise<T>;
  say(text: string): void;
  readonly paint: Painter;
}

export function createSteps(stream?: StepStream): Steps;
export function painter(stream: StepStream): Painter;
export function readableDuration(ms: number): string;
