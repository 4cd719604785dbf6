import { type ApiFailure, asApiFailure, call } from '#lib/api/index.ts';
import { board as readBoard } from '#shared/attendance/routes.ts';
import type { MySchool, searchPeople } from '#shared/directory/routes.ts';
import type { AnswerOf } from '#shared/kernel/route.ts';
import { listDeliveries } from '#shared/notifications/routes.ts';
import type { Board, Telling } from './cases.ts';

/** School life's screen: who is missing, and who was told. Two requests. */
export interface Live {
  readonly board: Board;
  /** Absent when it could not be read: the board is shown all the same. */
  readonly telling?: Telling;
  readonly untold?: ApiFailure;
}

/** The board decides; what families were told is kept from the last time when it cannot be read. */
export async function readLive(uai: string, date: string, signal: AbortSignal, before?: Live): Promise<Live> {
  const [board, told] = await Promise.allSettled([
    call(readBoard, 'staff', { params: { uai, date }, signal }),
    call(listDeliveries, 'staff', { params: { uai, date }, signal }),
  ]);
  if (board.status === 'rejected') throw board.reason;
  if (told.status === 'fulfilled') return { board: board.value, telling: told.value };
  return { board: board.value, untold: asApiFailure(told.reason), ...(before?.telling && { telling: before.telling }) };
}

/** What a person does at a school decides what is shown there; the server decides what is let through. */
export const runsSchoolLife = ({ duties }: Pick<MySchool, 'duties'>): boolean =>
  duties.includes('school-life') || duties.includes('direction');
export const directs = ({ duties }: Pick<MySchool, 'duties'>): boolean => duties.includes('direction');

const KEY = 'preau.school';

/** The school this device showed last, when the person still works there. */
export const lastSchool = (schools: readonly MySchool[]): MySchool | undefined =>
  schools.find(({ uai }) => uai === localStorage.getItem(KEY)) ?? schools[0];

export const rememberSchool = (uai: string): void => localStorage.setItem(KEY, uai);

/** A pupil as a search gives them. */
export type FoundPupil = AnswerOf<typeof searchPeople>['people'][number];
