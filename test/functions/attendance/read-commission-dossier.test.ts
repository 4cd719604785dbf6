import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { commissionPdf } from '../../../functions/attendance/commission-pdf.ts';
import { dayWords, figureWords, fullWords, hourWords, monthWords } from '../../../functions/attendance/commission-words.ts';
import { logAction } from '../../../functions/attendance/log-action.ts';
import { readCommissionDossier } from '../../../functions/attendance/read-commission-dossier.ts';
import { aSchool, brun, LEA, MUM, NOA, OTHER_UAI, request, TODAY, UAI } from './a-school.ts';
import { missed } from './an-absence.ts';

const read = (school: ReturnType<typeof aSchool>, over: Partial<{ uai: string; month: string; pupilId: string }> = {}) =>
  readCommissionDossier({ params: { uai: UAI, month: TODAY.slice(0, 7), pupilId: LEA, ...over } }, school.ports);

/** The structure and the title of a PDF: what is not compressed, and what is. */
const insideOf = (bytes: Uint8Array): string => {
  const raw = Buffer.from(bytes).toString('latin1');
  const streams = [...raw.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, stream = '']) => {
    try {
      return inflateSync(Buffer.from(stream, 'latin1')).toString('latin1');
    } catch {
      return '';
    }
  });
  return raw + streams.join('\n');
};

describe('the dossier for the commission éducative', () => {
  it('is a tagged paper in French, with a table of half-days and one of contacts', async () => {
    const school = aSchool();
    await missed(school, [LEA]);
    await logAction(
      { params: { uai: UAI, date: TODAY, pupilId: LEA }, caller: brun, ...request({ kind: 'left-message', personId: MUM }) },
      school.ports,
    );
    const { body, headers } = await read(school);
    const inside = insideOf(body as Uint8Array);
    expect(inside.slice(0, 5)).toBe('%PDF-');
    for (const word of ['/StructTreeRoot', '/Lang (fr-FR)', '/S /Table', '/S /TH', '/S /TD', '/S /H1']) expect(inside).toContain(word);
    expect(inside).not.toContain('/Helvetica');
    expect(inside.match(/\/S \/Table\b/g)).toHaveLength(2);
    expect(headers['content-disposition']).toBe('attachment; filename="absences-2026-09.pdf"');
  });

  it('takes as many pages as a bad month needs', async () => {
    const row = { when: 'lun. 23 novembre, matin', lessons: '8 h – 8 h 55, 9 h – 9 h 55', reason: 'Aucun motif donné' };
    const pages = async (count: number) => {
      const pdf = await commissionPdf({
        school: 'Collège',
        place: '',
        pupil: 'Léa Éluard',
        classLabel: '5e B',
        month: 'novembre 2026',
        preparedOn: '30 novembre 2026',
        figures: [],
        halfDays: Array.from({ length: count }, () => row),
        justified: [],
        contacts: [],
      });
      return insideOf(pdf).match(/\/Type \/Page\b/g)?.length;
    };
    expect([await pages(4), await pages(60)]).toEqual([1, expect.any(Number)]);
    expect(await pages(60)).toBeGreaterThan(1);
  });

  it('is missing for a month without anything, a stranger’s school, another pupil', async () => {
    const school = aSchool();
    await missed(school, [LEA]);
    await expect(read(school, { month: '2026-10' })).rejects.toMatchObject({ kind: 'missing' });
    await expect(read(school, { uai: OTHER_UAI })).rejects.toMatchObject({ kind: 'missing' });
    await expect(read(school, { pupilId: NOA })).rejects.toMatchObject({ kind: 'missing' });
  });
});

describe('its words', () => {
  it('are French, with no-break spaces and decimal commas', () => {
    expect([monthWords('2026-11'), dayWords('2026-11-23'), dayWords('2026-12-01'), fullWords('2026-12-01')]).toEqual([
      'novembre 2026',
      'lun. 23 novembre',
      'mar. 1er décembre',
      '1er décembre 2026',
    ]);
    expect([hourWords(545), hourWords(480)]).toEqual(['9\u00a0h\u00a005', '8\u00a0h']);
    const counts = { halfDays: 5, halfDaysWithoutReason: 4, lessonHours: 11.5, latenesses: 1 } as Parameters<typeof figureWords>[0];
    expect(figureWords(counts)).toEqual([
      '5\u00a0demi-journées d’absence, dont 4 sans motif recevable.',
      '11,5\u00a0heures de cours manquées, 1\u00a0retard.',
    ]);
  });
});
