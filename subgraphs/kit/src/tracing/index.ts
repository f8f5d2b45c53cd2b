export { tracedCommands } from './traced-commands.ts';
export { tracedEvents } from './traced-events.ts';
export { inSpan, underSpan, type Span, type SpanAttributes, type SpanStart, type Tracer } from './tracer.ts';
