import { yearOf } from '../../functions/attendance/register-years.ts';
import type { AskContext } from '../../infra/local/ask-context.ts';
import type { System } from '../../infra/local/system.ts';
import { enterArrangement } from '../../shared/attendance/arrangement-routes.ts';
import { listRemarkKinds, makeRemark } from '../../shared/attendance/remark-routes.ts';
import {
  announceAbsence,
  justify,
  lessonSheet,
  listAnswers,
  noteMovement,
  pupilAttendance,
  saveRollCall,
} from '../../shared/attendance/routes.ts';
import { listStays, noteStay } from '../../shared/attendance/stay-routes.ts';
import { logAction } from '../../shared/attendance/treatment-routes.ts';
import { beginEngagement } from '../../shared/directory/engagement-routes.ts';
import type { Person } from '../../shared/directory/person.ts';
import { invite } from '../../shared/directory/questions.ts';
import { listImports, pupilFile } from '../../shared/directory/routes.ts';
import { type AnswerOf, addDays, type Door, type Duty, type Route } from '../../shared/kernel/index.ts';
import { listDeliveries } from '../../shared/notifications/routes.ts';
import type { SignInStep } from '../../shared/session/credential.ts';
import { issueCode } from '../../shared/session/questions.ts';
import { listActivations, readLetters, startLetters } from '../../shared/session/routes.ts';
import { operator, PASSWORD, sixDigits } from './accounts.ts';
import { eventually } from './inbox.ts';
import { begunLessons, type Called, civilNow, everyone } from './lessons.ts';
import type { Values } from './operations.ts';

/** Somebody with an access token of the real sign-in. */
export interface SignedInPerson {
  readonly door: Door;
  readonly uai: string;
  readonly personId: string;
  readonly token: string;
  /** Of their authenticator, where the door asks for one. */
  readonly secret?: string;
}

interface DemoSchool {
  readonly uai: string;
  readonly cast: Readonly<Record<string, readonly string[]>>;
}

type Post = (url: string, body: unknown) => Promise<SignInStep>;

async function post(url: string, body: unknown): Promise<SignInStep> {
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as SignInStep;
}

interface Sent {
  readonly body?: unknown;
  readonly query?: Values;
}

/** A route, asked by somebody. */
export async function request(
  { site }: System,
  { door, token }: SignedInPerson,
  route: Route,
  params: Values = {},
  { body, query }: Sent = {},
): Promise<Response> {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  return fetch(`${site}/api/${door}/${route.name.split('.')[0]}${path}${query ? `?${new URLSearchParams(query)}` : ''}`, {
    method: route.method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(route.idempotent && { 'idempotency-key': crypto.randomUUID() }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** What a route that does not refuse answers. */
export async function call<R extends Route>(
  system: System,
  person: SignedInPerson,
  route: R,
  params?: Values,
  sent?: Sent,
): Promise<AnswerOf<R>> {
  const answer = await request(system, person, route, params, sent);
  if (!answer.ok) throw new Error(`${route.name}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as AnswerOf<R>;
}

/** Lets people in at their doors, as their letters would. */
export class Doorkeeper {
  readonly #system: System;
  readonly #ask: AskContext;
  readonly #post: Post;
  #names = 0;

  /** `from` posts what a person would: a browser's own page does it when the cookies are to stay there. */
  constructor(system: System, from: Post = post) {
    this.#system = system;
    this.#post = from;
    this.#ask = operator(system);
  }

  /** By a letter's login and code, or by the password that an earlier letter's reader chose. */
  async openWith(
    { uai, personId, door }: Pick<Person, 'uai' | 'personId' | 'door'>,
    { login, code }: { readonly login: string; readonly code?: string },
  ): Promise<SignedInPerson> {
    const session = `${this.#system.site}/api/public/session`;
    let step = code
      ? await this.#post(`${session}/activation`, { login, code, password: PASSWORD })
      : await this.#post(`${session}/${door}/sign-in`, { login, password: PASSWORD });
    const secret = step.step === 'enrol' ? step.secret : undefined;
    if (step.step === 'enrol')
      step = await this.#post(`${session}/${door}/enrolment`, { challenge: step.challenge, code: sixDigits(step.secret) });
    if (step.step !== 'signed-in') throw new Error(`${personId} is asked for ${step.step}`);
    return { door, uai, personId, token: step.accessToken, ...(secret !== undefined && { secret }) };
  }

  async open(person: Pick<Person, 'uai' | 'personId' | 'door'>, keeper?: SignedInPerson): Promise<SignedInPerson> {
    const [letter] = await this.#ask(issueCode, { uai: person.uai, personIds: [person.personId] });
    return this.openWith(person, letter ?? { login: await this.#loginOf(person, keeper) });
  }

  /** Of somebody whom an earlier journey through the same system let in. */
  async #loginOf({ uai, personId, door }: Pick<Person, 'uai' | 'personId' | 'door'>, keeper?: SignedInPerson): Promise<string> {
    let cursor: string | undefined;
    do {
      if (!keeper) break;
      const page: AnswerOf<typeof listActivations> = await call(
        this.#system,
        keeper,
        listActivations,
        { uai },
        { query: { door, ...(cursor && { cursor }) } },
      );
      const login = page.people.find((person) => person.personId === personId)?.login;
      if (login) return login;
      cursor = page.cursor;
    } while (cursor);
    throw new Error(`${personId} has an account already, of a login nobody knows here`);
  }

  async hire(uai: string, door: 'staff' | 'authority', duties: readonly Duty[] = []): Promise<SignedInPerson> {
    const letters = `${Date.now().toString(36)}${this.#names++}`.replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] as string);
    const person = await this.#ask(invite, {
      uai,
      door,
      familyName: `Droit ${letters}`,
      givenName: 'Camille',
      duties: [...duties],
      ...(door === 'authority' && { oversees: [uai] }),
    });
    return this.open(person);
  }
}

export type Part =
  | 'pupil'
  | 'classmate'
  | 'guardian'
  | 'contact'
  | 'teacher'
  | 'direction'
  | 'office'
  | 'school life'
  | 'staff without duties'
  | 'authority';
export type Cast = Readonly<Record<Part, SignedInPerson>>;

const ALL: readonly Duty[] = ['school-life', 'direction', 'office'];

const siecle = (people: readonly Person[], id: string | undefined): Person => {
  const found = people.find(({ sources }) => sources.siecle === id);
  if (!found) throw new Error(`Nobody of the demo is called ${id} in SIECLE`);
  return found;
};

/** A school's people of every kind, around one pupil who has a guardian and a contact without rights. */
export async function castOf(system: System, uai: string): Promise<{ readonly cast: Cast; readonly lessons: readonly Called[] }> {
  const keeper = new Doorkeeper(system);
  const ask = operator(system);
  const [[pupils, teachers, lessons], [direction, office, schoolLife, nobody, authority]] = await Promise.all([
    Promise.all([everyone(ask, uai, 'pupil'), everyone(ask, uai, 'teacher'), begunLessons(ask, system, uai)]),
    Promise.all([
      keeper.hire(uai, 'staff', ALL),
      keeper.hire(uai, 'staff', ['office']),
      keeper.hire(uai, 'staff', ['school-life']),
      keeper.hire(uai, 'staff'),
      keeper.hire(uai, 'authority'),
    ]),
  ]);
  const school = (system.schools as readonly DemoSchool[]).find((one) => one.uai === uai);
  const pupil = siecle(pupils, school?.cast['without-rights']?.[0]);
  const { guardians } = await call(system, direction, pupilFile, { uai, pupilId: pupil.personId });
  const [entitled, contact] = [guardians.find(({ level }) => level === 1), guardians.find(({ level }) => level === 3)];
  const lesson = lessons.find(({ pupilIds }) => pupilIds.includes(pupil.personId));
  const teacher = teachers.find(({ personId }) => personId === lesson?.teacherIds[0]);
  const classmate = pupils.find(({ personId }) => personId !== pupil.personId && lesson?.pupilIds.includes(personId));
  if (!entitled || !contact || !teacher || !classmate) throw new Error('The demo lacks somebody');
  const guardian = (personId: string) => ({ uai, personId, door: 'guardian' as const });
  const [one, other, two, three, four] = await Promise.all([
    keeper.open(pupil, direction),
    keeper.open(classmate, direction),
    keeper.open(guardian(entitled.personId), direction),
    keeper.open(guardian(contact.personId), direction),
    keeper.open(teacher, direction),
  ]);
  const cast: Cast = {
    pupil: one,
    classmate: other,
    guardian: two,
    contact: three,
    teacher: four,
    direction,
    office,
    'school life': schoolLife,
    'staff without duties': nobody,
    authority,
  };
  return { cast, lessons };
}

/** Noted by the teacher, who alone may take back their own; another journey may have noted it. Last of all: whoever is there is not absent. */
async function stayOf(system: System, { teacher, direction }: Cast, params: Values, minute: number): Promise<Values> {
  const { lessonId, ...ofPupil } = params;
  const noted = await call(system, teacher, noteStay, ofPupil, { body: { place: 'infirmary', fromMinute: minute, lessonId } }).catch(
    async () =>
      (await call(system, direction, listStays, ofPupil)).stays.find(
        ({ pupil, untilMinute }) => pupil.pupilId === params.pupilId && untilMinute === undefined,
      ),
  );
  if (!noted) throw new Error('No stay could be noted');
  return { stayId: noted.stayId, stayMinute: String(Math.max(minute, noted.fromMinute)) };
}

/** Everything that paths and bodies can name, made by a day at the school: a roll call, a mail, an answer, a call, letters. */
export async function dayAt(system: System, { cast, lessons }: Awaited<ReturnType<typeof castOf>>): Promise<Values> {
  const { direction, pupil, guardian } = cast;
  const { uai } = direction;
  const { date, minute } = civilNow(system);
  const school = (system.schools as readonly DemoSchool[]).find((one) => one.uai === uai);
  const pupils = await everyone(operator(system), uai, 'pupil');
  const [unreachable] = [siecle(pupils, school?.cast['guardian-without-email']?.[0])];
  const of = (pupilId: string) => {
    const lesson = lessons.find(({ pupilIds }) => pupilIds.includes(pupilId));
    if (!lesson) throw new Error(`No lesson of ${pupilId} has begun`);
    return { lesson, pupilId };
  };
  const absent = [of(pupil.personId), of(unreachable.personId)];
  // By an earlier journey, which may have closed the call too.
  let calledBefore = false;
  for (const lesson of new Set(absent.map((one) => one.lesson))) {
    const params = { uai, date, lessonId: lesson.lessonId };
    const { revision } = await call(system, direction, lessonSheet, params);
    calledBefore ||= revision > 0;
    const marks = absent.filter((one) => one.lesson === lesson).map(({ pupilId }) => ({ pupilId, state: 'absent' }));
    await call(system, direction, saveRollCall, params, { body: { state: 'done', basedOn: revision, marks, added: [], removed: [] } });
  }
  const ofPupil = { uai, date, pupilId: pupil.personId };
  const { toJustify } = await call(system, guardian, pupilAttendance, ofPupil);
  const episodeId = toJustify.find((missed) => missed.date === date)?.episodeId;
  const { movementId } = await call(system, direction, noteMovement, ofPupil, { body: { kind: 'left', minute } });
  const { actionId } = await call(system, direction, logAction, ofPupil, { body: { kind: 'left-message' } });
  // Whichever the school has by now: another journey may have set its list.
  const { kinds } = await call(system, direction, listRemarkKinds, { uai });
  const kindId = kinds[0]?.kindId ?? '';
  const { remarkId } = await call(
    system,
    direction,
    makeRemark,
    { ...ofPupil, lessonId: absent[0]?.lesson.lessonId ?? '' },
    { body: { pupilId: pupil.personId, kindId } },
  );
  // In the room all the same: it changes nothing of anybody’s day.
  const { arrangementId } = await call(system, direction, enterArrangement, ofPupil, {
    body: { kind: 'exemption', target: pupil.personId, from: date, until: date, inRoom: true },
  });
  const ahead = addDays(date, 30);
  const { announcementId } = await call(system, guardian, announceAbsence, ofPupil, { body: { from: ahead, until: ahead } });
  const staying = { door: 'teacher', familyName: 'REMPLACE', givenName: 'Nora', duties: [], until: ahead };
  const { personId } = await call(system, direction, beginEngagement, { uai }, { body: staying });
  const job = await call(system, direction, startLetters, { uai }, { body: { door: 'pupil', personIds: [unreachable.personId] } });
  if (episodeId) await call(system, guardian, justify, ofPupil, { body: { episodeId, reason: 'illness' } });
  const [{ answers }, { imports }, told] = await Promise.all([
    call(system, direction, listAnswers, { uai, date }),
    call(system, direction, listImports, { uai }),
    eventually('a message and a call', async () => {
      const { deliveries, calls } = await call(system, direction, listDeliveries, { uai, date });
      return deliveries[0] && (calls[0] || calledBefore)
        ? { deliveryId: deliveries[0].deliveryId, ...(calls[0] && { callId: calls[0].callId }) }
        : undefined;
    }),
    eventually('letters', async () =>
      (await call(system, direction, readLetters, { uai, jobId: job.jobId })).state === 'done' ? true : undefined,
    ),
  ]);
  const [answer] = answers;
  const [imported] = imports;
  if (!answer || !imported) throw new Error('A day that left no answer or import');
  const stay = await stayOf(system, cast, { ...ofPupil, lessonId: absent[0]?.lesson.lessonId ?? '' }, minute);
  return {
    ...ofPupil,
    ...told,
    ...stay,
    lessonId: absent[0]?.lesson.lessonId ?? '',
    guardianId: guardian.personId,
    answerId: answer.answerId,
    month: date.slice(0, 7),
    year: yearOf(date),
    classKey: 'cNWUgQg',
    actionId,
    personId,
    movementId,
    kindId,
    remarkId,
    arrangementId,
    announcementId,
    jobId: job.jobId,
    importId: imported.importId,
    // Nobody else calls it: « n’a pas eu lieu » is taken back after.
    target: lessons.at(-1)?.lessonId ?? '',
    groupId: lessons[0]?.groupIds[0] ?? '',
    episodeId: episodeId ?? answer.episodeId,
  };
}
