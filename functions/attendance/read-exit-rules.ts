import type * as routes from '../../shared/attendance/exit-routes.ts';
import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import { exitRules } from './exit-rights.ts';
import type { ApiPorts } from './manifest.ts';

export const readExitRules = (
  { params: { uai } }: Pick<Input<typeof routes.readExitRules>, 'params'>,
  ports: Pick<ApiPorts, 'attendance'>,
): Promise<AnswerOf<typeof routes.readExitRules>> => exitRules(uai, ports);
