import { LEFT, MM, type Sheet, SOFT, taggedPdf } from '../runtime/tagged-pdf.ts';

type Rows = readonly (readonly string[])[];

/** What the register of a class says, in words already: this file only lays it out. */
interface RegisterPaper {
  readonly school: string;
  readonly place: string;
  readonly title: string;
  /** At the head of every page. */
  readonly running: string;
  readonly covers: string;
  readonly pupils: Rows;
  readonly months: readonly { readonly title: string; readonly figures: readonly string[]; readonly lines: Rows; readonly calls: Rows }[];
}

const PUPILS = [
  { head: 'Élève', width: 70 * MM },
  { head: 'Dans la classe', width: 56 * MM },
  { head: 'Demi-journées', width: 26 * MM },
  { head: 'Retards', width: 18 * MM },
];
const LINES = [
  { head: 'Jour', width: 27 * MM },
  { head: 'Élève', width: 42 * MM },
  { head: 'Ce que les appels ont constaté', width: 75 * MM },
  { head: 'Demi-journée', width: 26 * MM },
];
const CALLS = [
  { head: 'Jour', width: 27 * MM },
  { head: 'Appels faits', width: 63 * MM },
  { head: 'Appels jamais faits', width: 42 * MM },
  { head: 'Cours qui n’ont pas eu lieu', width: 38 * MM },
];

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const first =
  ({ school, place, title, covers, pupils }: RegisterPaper) =>
  ({ write, table }: Sheet): void => {
    write('P', school, LEFT, 19 * MM, { weight: 'bold' });
    write('P', place, LEFT, 25 * MM, { size: 10.5, colour: SOFT });
    let y = write('H1', title, LEFT, 38 * MM, { size: 19, weight: 'bold' });
    y = write('P', covers, LEFT, y + 2, { size: 10.5, colour: SOFT });
    y = write(
      'P',
      'Pour chaque cours, ce registre dit si l’appel a été fait\u00a0; pour chaque élève, ce que les appels ont constaté. Qui n’est pas nommé un jour a été noté présent à tous les appels faits de ses cours. Les demi-journées sont celles qui comptent comme absences.',
      LEFT,
      y + 8,
    );
    y = write(
      'P',
      'Les motifs et les justificatifs n’y figurent pas\u00a0: le dossier d’absence est effacé à la fin de l’année scolaire (article R131-6 du code de l’éducation).',
      LEFT,
      y + 5,
    );
    y = write('H2', 'Élèves', LEFT, y + 12, { size: 14, weight: 'bold' }) + 3;
    if (pupils.length > 0) table(PUPILS, pupils, y);
    else write('P', 'Aucun élève.', LEFT, y);
  };

const month =
  ({ title, figures, lines, calls }: RegisterPaper['months'][number]) =>
  ({ write, table, room }: Sheet): void => {
    let y = write('H2', sentence(title), LEFT, 19 * MM, { size: 16, weight: 'bold' });
    for (const figure of figures) y = write('P', figure, LEFT, y + 4);
    const heading = (text: string) => {
      y = room(y + 12, 30 * MM);
      y = write('H3', text, LEFT, y, { size: 13, weight: 'bold' }) + 3;
    };
    heading('Absences et retards');
    y = lines.length > 0 ? table(LINES, lines, y) : write('P', 'Aucun élève n’a été noté autrement que présent.', LEFT, y);
    heading('Appels');
    table(CALLS, calls, y);
  };

export const registerPdf = (paper: RegisterPaper): Promise<Uint8Array> =>
  taggedPdf({ title: paper.title, author: paper.school, running: paper.running }, [first(paper), ...paper.months.map(month)]);
