import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from '@inlang/paraglide-js';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { LessonOfDay, Unexplained, Whereabouts } from '#lib/family/child-day.ts';

// The sentences themselves are tested: the catalogue is compiled here as the site’s build does.
const { folder } = vi.hoisted(() => ({ folder: { path: '' } }));
vi.mock('#messages', async () => {
  folder.path = await mkdtemp(join(tmpdir(), 'preau-messages-'));
  const project = fileURLToPath(new URL('../../../../../web/project.inlang', import.meta.url));
  await compile({ project, outdir: folder.path, strategy: ['baseLocale'], outputStructure: 'locale-modules' });
  return import(join(folder.path, 'messages.js'));
});
const words = await import('#lib/family/words.ts');
afterAll(() => rm(folder.path, { recursive: true, force: true }));

const spaced = (text: string | undefined) => text?.replaceAll('\u00a0', ' ');
const TODAY = '2026-11-23';
const missed: Unexplained = { date: TODAY, episodeId: 'e_1', fromMinute: 540, untilMinute: 595, subject: 'Mathématiques', state: 'open' };
const lesson: LessonOfDay = {
  lessonId: 'l_1',
  startMinute: 540,
  endMinute: 595,
  subject: 'Anglais',
  rooms: [],
  state: 'present',
  current: false,
};

describe('what was seen of a child', () => {
  const fact = (one: Partial<Unexplained>, sex: 'F' | 'M' | 'unsaid' = 'F') => spaced(words.unseenFact({ ...missed, ...one }, sex, TODAY));
  it('agrees with a girl, with a boy, and needs no gender when the file says none', () => {
    expect(fact({}, 'F')).toBe('Pas vue en cours de 9 h');
    expect(fact({}, 'M')).toBe('Pas vu en cours de 9 h');
    expect(fact({}, 'unsaid')).toBe('Absence en cours de 9 h');
    expect(words.agreementOf({})).toBe('unsaid');
  });
  it('names the day when it is another one', () => {
    expect(fact({ date: '2026-11-16' })).toBe('Pas vue lundi 16 novembre en cours de 9 h');
  });
  it('tells a long absence by its span', () => {
    expect(fact({ untilMinute: 660 })).toBe('Pas vue en cours de 9 h à 11 h');
    expect(fact({ date: '2026-11-16', untilMinute: 660 })).toBe('Pas vue lundi 16 novembre de 9 h à 11 h');
  });
  it('says that the child has come since', () => {
    expect(fact({ state: 'arrived', seenMinute: 505, fromMinute: 480, untilMinute: 535 }, 'M')).toBe(
      'Pas vu en cours de 8 h, arrivé à 8 h 25',
    );
  });
});

describe('where a child is, in words', () => {
  const said = (where: Parameters<typeof words.whereaboutsIn>[0], sex: 'F' | 'M' | 'unsaid' = 'F') => {
    const { fact, detail, status } = words.whereaboutsIn(where, sex, 'Europe/Paris');
    return [status, spaced(fact), spaced(detail)];
  };
  const called: Whereabouts & { is: 'called' } = { is: 'called', calledAt: '2026-11-23T09:05:00.000Z', lesson, over: false };
  it('is a whole fact: present, and the hour of the last roll call on the school’s clock', () => {
    expect(said(called)).toEqual(['done', 'Présente', 'Dernier appel à 10 h 05.']);
    expect(said(called, 'M')).toEqual(['done', 'Présent', 'Dernier appel à 10 h 05.']);
    expect(said(called, 'unsaid')).toEqual(['done', 'En classe', 'Dernier appel à 10 h 05.']);
  });
  it('tells a lateness', () => {
    const late: Whereabouts = { ...called, lesson: { ...lesson, state: 'late', minutes: 6 } };
    expect(said(late)).toEqual(['done', 'Présente', 'Dernier appel à 10 h 05. Retard de 6 min en cours de 9 h.']);
  });
  it('says nobody present once lessons are over, only who was at the last roll call', () => {
    expect(said({ ...called, over: true }, 'M')).toEqual([undefined, 'Les cours sont finis', 'Présent au dernier appel, à 10 h 05.']);
  });
  it('tells an absence with the answer already given, never a reproach', () => {
    expect(said({ is: 'unseen', fromMinute: 540 })).toEqual(['absent', 'Pas vue depuis 9 h', undefined]);
    expect(said({ is: 'unseen', fromMinute: 540, answeredAt: '2026-11-23T08:12:00.000Z' }, 'M')).toEqual([
      'absent',
      'Pas vu depuis 9 h',
      'Votre réponse est transmise depuis 9 h 12.',
    ]);
  });
  it('tells what was announced by its hours', () => {
    expect(said({ is: 'announced', fromMinute: 0, untilMinute: 1440 })).toEqual(['announced', 'Absence annoncée', 'Toute la journée.']);
    expect(said({ is: 'announced', fromMinute: 600, untilMinute: 1440 })).toEqual(['announced', 'Absence annoncée', 'À partir de 10 h.']);
    expect(said({ is: 'announced', fromMinute: 600, untilMinute: 720 })).toEqual(['announced', 'Absence annoncée', 'De 10 h à 12 h.']);
  });
  it('wears no state where none is known', () => {
    expect(said({ is: 'not-called', lesson })).toEqual([undefined, 'L’appel de 9 h n’est pas encore fait', undefined]);
    expect(said({ is: 'no-lesson', because: 'Toussaint' })).toEqual([undefined, 'Pas de cours aujourd’hui', 'Toussaint.']);
    expect(said({ is: 'left', minute: 620 })).toEqual([undefined, 'Sortie à 10 h 20', undefined]);
  });
});

describe('« Rien de nouveau »', () => {
  it('names the weekday alone within the week, the date before it', () => {
    expect(words.quietIn('2026-11-20', TODAY)).toBe('Rien de nouveau depuis vendredi.');
    expect(words.quietIn('2026-11-16', TODAY)).toBe('Rien de nouveau depuis lundi 16 novembre.');
    expect(words.quietIn('month', TODAY)).toBe('Rien à signaler depuis 30 jours.');
  });
});

describe('a day of the last thirty', () => {
  const day = {
    date: '2026-11-09',
    absences: [
      { absenceId: 'a_1', fromMinute: 480, untilMinute: 540, known: true },
      { absenceId: 'a_2', fromMinute: 840, untilMinute: 900, known: false },
    ],
    late: [{ startMinute: 605, subject: 'EPS', minutes: 12 }],
  };
  it('tells each absence with its hours and whether it is explained, then what was late', () => {
    expect(words.notedDayIn(day, 'F').map(spaced)).toEqual([
      'Absente de 8 h à 9 h, motif connu',
      'Pas vue de 14 h à 15 h',
      'Retard de 12 min en cours de 10 h 05.',
    ]);
    expect(words.notedDayIn(day, 'M').map(spaced)[0]).toBe('Absent de 8 h à 9 h, motif connu');
  });
});

describe('a room', () => {
  it('with a number is a room, with a name is itself', () => {
    expect(['104', 'Gymnase', 'Labo 2'].map(words.roomIn)).toEqual(['Salle 104', 'Gymnase', 'Labo 2']);
  });
});

describe('an announcement, once known', () => {
  it('is a day, some days, or a part of one', () => {
    expect(words.announcedIn({ from: '2026-11-24', until: '2026-11-24' })).toBe('mardi 24 novembre');
    expect(words.announcedIn({ from: '2026-11-24', until: '2026-12-01' })).toBe('du mardi 24 novembre au mardi 1er décembre');
    expect(spaced(words.announcedIn({ from: '2026-11-24', until: '2026-11-24', part: { fromMinute: 600, untilMinute: 720 } }))).toBe(
      'mardi 24 novembre, de 10 h à 12 h',
    );
  });
});

it('does not shout the lesson that a child was missed in', () => {
  const shouted = { ...missed, subject: 'FRANÇAIS' };
  const today = { date: TODAY, schoolDay: true, lessons: [], status: 'absent' as const, statusAt: '2026-11-23T09:05:00.000Z' };
  expect(spaced(words.unseenDetail(shouted, { today, timeZone: 'Europe/Paris' }))).toBe('Français, appel fait à 10 h 05');
  expect(words.unseenDetail({ ...shouted, date: '2026-11-20' }, { today, timeZone: 'Europe/Paris' })).toBe('Français');
});
