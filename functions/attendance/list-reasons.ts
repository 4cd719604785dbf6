import type * as routes from '../../shared/attendance/treatment-routes.ts';
import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';
import { schoolClock } from './school-clock.ts';
import { schoolReasons } from './school-reasons.ts';

export async function listReasons(
  { params: { uai } }: Input<typeof routes.listReasons>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.listReasons>> {
  const { school } = await schoolClock(uai, ports);
  const { rev, reasons, retired } = await schoolReasons(school, ports);
  return { rev, reasons: [...reasons], retired: [...retired] };
}
