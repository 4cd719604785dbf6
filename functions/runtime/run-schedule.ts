import type { PortsOf, ScheduleEntry } from '../../shared/kernel/context.ts';
import { type Handler, invocation } from './invocation.ts';
import { type Line, lineLog } from './log.ts';
import { portsFor } from './ports.ts';

/** What runs every so often. It asks the clock what time it is: a schedule that fires twice, or late, must do no harm. */
export const runSchedule = <const E extends ScheduleEntry>(
  entry: E,
  useCase: (ports: PortsOf<E>) => unknown,
  { line = lineLog(), ports = portsFor(entry, line) as PortsOf<E> }: { readonly line?: Line; readonly ports?: PortsOf<E> } = {},
): Handler<unknown, void> =>
  invocation<unknown, void>(line, async () => {
    await useCase(ports);
  });
