export type { Compose, Composition, DemoLogin, Served, StartReport } from './composition.ts';
export { keepLogsSmall } from './log-rotation.ts';
export { makePrivateDataFolder } from './private-files.ts';
export { printable } from './printable.ts';
export { reachable } from './reachable.ts';
export { StartInterrupted, StopSignal } from './stop-signal.ts';
export { openTracer } from './tracing.ts';
export { openObjects, type ObjectPlace } from './open-objects.ts';
