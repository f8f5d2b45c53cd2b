import { isSampled } from '../context/index.ts';
import type { CommandClient } from '../contracts/index.ts';
import { inSpan, underSpan, type Tracer } from './tracer.ts';

/** Records a span for each command, when the work that sends it is traced. The subgraph that handles the command continues the trace. */
export function tracedCommands(commands: CommandClient, tracer: Tracer): CommandClient {
  return {
    send(ctx, command, request) {
      const { trace: parent } = ctx;
      if (!isSampled(parent)) return commands.send(ctx, command, request);
      const attributes = { 'souk.command': command.name, 'souk.command.version': command.version };
      return inSpan(tracer, { name: `command ${command.name}`, kind: 'CLIENT', parent, attributes }, (span) =>
        commands.send(underSpan(ctx, span), command, request),
      );
    },
  };
}
