import type { figures as route } from '../../shared/attendance/figure-routes.ts';
import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';
import { schoolFigures } from './school-figures.ts';

export const readFigures = (input: Pick<Input<typeof route>, 'params' | 'query'>, ports: ApiPorts): Promise<AnswerOf<typeof route>> =>
  schoolFigures(input, ports);
