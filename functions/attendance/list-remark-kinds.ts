import type * as routes from '../../shared/attendance/remark-routes.ts';
import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';
import { remarkKinds } from './remark-kinds.ts';

export const listRemarkKinds = (
  { params: { uai } }: Pick<Input<typeof routes.listRemarkKinds>, 'params'>,
  ports: Pick<ApiPorts, 'attendance'>,
): Promise<AnswerOf<typeof routes.listRemarkKinds>> => remarkKinds(uai, ports);
