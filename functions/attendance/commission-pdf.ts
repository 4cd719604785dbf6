import { LEFT, MM, type Sheet, SOFT, taggedPdf } from '../runtime/tagged-pdf.ts';

/** What the dossier says, in words already: this file only lays it out. */
export interface CommissionDossier {
  readonly school: string;
  readonly place: string;
  readonly pupil: string;
  readonly classLabel: string;
  readonly month: string;
  readonly preparedOn: string;
  readonly figures: readonly string[];
  readonly halfDays: readonly { readonly when: string; readonly lessons: string; readonly reason: string }[];
  readonly justified: readonly { readonly when: string; readonly lessons: string; readonly reason: string }[];
  readonly contacts: readonly { readonly when: string; readonly what: string; readonly who: string; readonly by: string }[];
}

const ABSENCES = [
  { head: 'Demi-journée', width: 48 * MM },
  { head: 'Cours manqués', width: 70 * MM },
  { head: 'Motif', width: 52 * MM },
];
const CONTACTS = [
  { head: 'Date', width: 36 * MM },
  { head: 'Démarche et résultat', width: 64 * MM },
  { head: 'Personne', width: 38 * MM },
  { head: 'Par', width: 32 * MM },
];

const draw =
  (dossier: CommissionDossier) =>
  ({ write, table, rule, room }: Sheet): void => {
    write('P', dossier.school, LEFT, 19 * MM, { weight: 'bold' });
    write('P', dossier.place, LEFT, 25 * MM, { size: 10.5, colour: SOFT });
    let y = write('H1', `Absences de ${dossier.pupil}, ${dossier.month}`, LEFT, 38 * MM, { size: 19, weight: 'bold' });
    y = write('P', `Dossier préparé pour la commission éducative (articles L131-8 et R131-7 du code de l’éducation).`, LEFT, y + 4);
    y = write('P', `${dossier.classLabel} · préparé le ${dossier.preparedOn} · à relire : il n’a été transmis à personne`, LEFT, y + 2, {
      size: 10.5,
      colour: SOFT,
    });
    for (const figure of dossier.figures) y = write('P', figure, LEFT, y + 5);

    const heading = (text: string) => {
      y = room(y + 12, 40 * MM);
      y = write('H2', text, LEFT, y, { size: 14, weight: 'bold' }) + 3;
    };
    const rows = (all: CommissionDossier['halfDays']) => all.map(({ when, lessons, reason }) => [when, lessons, reason]);
    heading('Demi-journées sans motif recevable');
    y =
      dossier.halfDays.length > 0
        ? table(ABSENCES, rows(dossier.halfDays), y)
        : write('P', 'Aucune : les absences de ce mois ont été justifiées depuis.', LEFT, y);
    heading('Demi-journées au motif recevable');
    y = dossier.justified.length > 0 ? table(ABSENCES, rows(dossier.justified), y) : write('P', 'Aucune.', LEFT, y);
    heading('Démarches auprès de la famille');
    y =
      dossier.contacts.length > 0
        ? table(
            CONTACTS,
            dossier.contacts.map(({ when, what, who, by }) => [when, what, who, by]),
            y,
          )
        : write('P', 'Aucune démarche n’est notée pour ce mois.', LEFT, y);
    y = room(y + 12, 20 * MM);
    rule(y);
    write(
      'P',
      'Les motifs de santé ne sont pas détaillés. Ce document contient des données d’élève : il se remet en main propre, ou par une voie sûre.',
      LEFT,
      y + 6,
      { size: 10, colour: SOFT },
    );
  };

export const commissionPdf = (dossier: CommissionDossier): Promise<Uint8Array> =>
  taggedPdf({ title: `Dossier d’absences, ${dossier.pupil}, ${dossier.month}`, author: dossier.school }, [draw(dossier)]);
