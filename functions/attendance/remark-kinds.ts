import { DEFAULT_REMARK_KINDS, type RemarkKind } from '../../shared/attendance/remark.ts';
import type { ApiPorts } from './manifest.ts';

/** What a school’s teachers can note: its own list, or the one every school begins with. */
export const remarkKinds = async (
  uai: string,
  { attendance }: Pick<ApiPorts, 'attendance'>,
): Promise<{ rev: number; kinds: RemarkKind[] }> => {
  const own = await attendance.get('remarkKinds', { uai });
  return own ? { rev: own.rev, kinds: own.kinds } : { rev: 0, kinds: [...DEFAULT_REMARK_KINDS] };
};
