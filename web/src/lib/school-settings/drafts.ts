import type { Answered, Sent } from '#lib/api/client.ts';
import type { changeSettings, readSchool } from '#shared/directory/routes.ts';
import type { OpenHalfDay, SchoolSettings } from '#shared/directory/school.ts';

export type SchoolNow = Answered<typeof readSchool>;
export type Changes = NonNullable<Sent<typeof changeSettings>['body']>;

const MINUTES = 60;

/** `12:30`, as a field for times has it. */
export const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / MINUTES)).padStart(2, '0')}:${String(minute % MINUTES).padStart(2, '0')}`;

export const minuteOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * MINUTES + minutes;
};

export const WEEKDAYS = [1, 2, 3, 4, 5, 6] as const;
export const HALVES = ['morning', 'afternoon'] as const;
type Half = (typeof HALVES)[number];
export type Cell = `${(typeof WEEKDAYS)[number]}-${Half}`;

/** Every half-day of the week with whether it is open: as a grid of boxes has it. */
export const gridOf = (open: readonly OpenHalfDay[]): Record<Cell, boolean> =>
  Object.fromEntries(
    WEEKDAYS.flatMap((weekday) =>
      HALVES.map((half) => [`${weekday}-${half}`, open.some((one) => one.weekday === weekday && one.half === half)]),
    ),
  ) as Record<Cell, boolean>;

export const openIn = (grid: Readonly<Record<Cell, boolean>>): OpenHalfDay[] =>
  WEEKDAYS.flatMap((weekday) => HALVES.filter((half) => grid[`${weekday}-${half}`]).map((half) => ({ weekday, half })));

/** The half-days that most schools of a kind have open. */
export const usuallyOpen = (kind: SchoolSettings['kind']): OpenHalfDay[] =>
  WEEKDAYS.flatMap((weekday) => HALVES.map((half) => ({ weekday, half }))).filter(({ weekday, half }) =>
    kind === 'primary' ? weekday !== 3 && weekday !== 6 : weekday !== 6 || half === 'morning',
  );

export const tellingOf = ({
  settings: { graceMinutes, notBeforeMinutes, telling, decideAfterHours, remindAfterMinutes, tellsLevelTwo },
}: SchoolNow) => ({ graceMinutes, notBeforeMinutes, telling, decideAfterHours, remindAfterMinutes, tellsLevelTwo });

type Hours = SchoolSettings['morningHours'];

/** As fields for times have it; an empty second call is none. */
const timesOf = ({ startMinute, secondMinute, endMinute }: Hours) => ({
  start: timeOf(startMinute),
  second: secondMinute === undefined ? '' : timeOf(secondMinute),
  end: timeOf(endMinute),
});
const hoursIn = ({ start, second, end }: ReturnType<typeof timesOf>): Hours => ({
  startMinute: minuteOf(start),
  ...(second !== '' && { secondMinute: minuteOf(second) }),
  endMinute: minuteOf(end),
});

export const halfDaysOf = ({ settings: { kind, halfDaySwitch, openHalfDays, countingUnit, morningHours, afternoonHours } }: SchoolNow) => ({
  kind,
  switchTime: timeOf(halfDaySwitch),
  countingUnit,
  open: gridOf(openHalfDays ?? usuallyOpen(kind)),
  hours: { morning: timesOf(morningHours), afternoon: timesOf(afternoonHours) },
});

export const ofHalfDays = ({ kind, switchTime, countingUnit, open, hours }: ReturnType<typeof halfDaysOf>): Changes => ({
  kind,
  halfDaySwitch: minuteOf(switchTime),
  countingUnit,
  openHalfDays: openIn(open),
  ...(kind === 'primary' && { morningHours: hoursIn(hours.morning), afternoonHours: hoursIn(hours.afternoon) }),
});

export const thresholdsOf = ({ settings: { commissionHalfDays, referentHalfDays, alertAbsences, alertLatenesses } }: SchoolNow) => ({
  commissionHalfDays,
  referentHalfDays,
  alertAbsences,
  alertLatenesses,
});

export const accessOf = ({ schoolLifeEmail, schoolLifePhone, settings: { trustedDeviceDays, departuresToConfirm } }: SchoolNow) => ({
  email: schoolLifeEmail ?? '',
  phone: schoolLifePhone ?? '',
  trustedDeviceDays,
  departuresPercent: Math.round(departuresToConfirm * 100),
});

/** An empty address is left as it was: the school’s own cannot be taken away, families answer to it. */
export const ofAccess = ({ email, phone, trustedDeviceDays, departuresPercent }: ReturnType<typeof accessOf>): Changes => ({
  trustedDeviceDays,
  departuresToConfirm: departuresPercent / 100,
  ...(email.trim() !== '' && { schoolLifeEmail: email.trim() }),
  ...(phone.trim() !== '' && { schoolLifePhone: phone.trim() }),
});
