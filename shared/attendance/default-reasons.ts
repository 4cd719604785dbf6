import type { Reason } from './reason.ts';

/** Everyday flags; each reason says where it differs. */
const reason = (id: string, label: string, over: Partial<Reason> = {}): Reason => ({
  reasonId: `r_${id}`,
  label,
  admissible: true,
  settled: true,
  outsideSchool: true,
  health: false,
  onReport: true,
  visibleToGuardians: true,
  usableByGuardians: true,
  ...over,
});

/** A reason of the school’s own: it had the pupil, or answers for where they were. */
const atSchool = (id: string, label: string, over: Partial<Reason> = {}): Reason =>
  reason(id, label, { outsideSchool: false, onReport: false, usableByGuardians: false, ...over });

const refused = { admissible: false, usableByGuardians: false } as const;

const illness = reason('illness', 'Maladie', { legal: 'illness', health: true, proposedFor: 'illness' });
const contagious = reason('contagious-relative', 'Maladie contagieuse d’un proche', { legal: 'contagious-relative', health: true });
const family = reason('family-meeting', 'Réunion de famille', { legal: 'family-meeting', proposedFor: 'family' });
const transport = reason('transport-accident', 'Accident ou panne de transport', { legal: 'transport-accident', proposedFor: 'transport' });
const travel = reason('parents-travel', 'Déplacement des parents', { legal: 'parents-travel', proposedFor: 'travel' });
const appointment = reason('appointment', 'Rendez-vous médical', { health: true, proposedFor: 'appointment' });
const bereavement = reason('bereavement', 'Deuil dans la famille', { visibleToGuardians: false });
const religious = reason('religious-feast', 'Fête religieuse');
const convenience = reason('convenience', 'Convenance personnelle', { ...refused });
const overslept = reason('overslept', 'Panne de réveil', { ...refused, usableByGuardians: true });
const none = reason('none', 'Sans motif valable', { ...refused });
const unknown = reason('awaiting', 'Motif à préciser', { ...refused, settled: false, visibleToGuardians: false });
const outing = atSchool('outing', 'Sortie scolaire');
const infirmary = atSchool('infirmary', 'Infirmerie', { health: true });
const care = atSchool('care', 'Prise en charge (orthophonie, SESSAD, MDPH)', { health: true });

/** What most collèges and lycées use, the commonest first: the first nine have the keys 1 to 9. */
const SECONDARY: readonly Reason[] = [
  illness,
  appointment,
  family,
  transport,
  overslept,
  none,
  unknown,
  infirmary,
  outing,
  contagious,
  travel,
  bereavement,
  religious,
  convenience,
  atSchool('placement', 'Stage en milieu professionnel'),
  atSchool('summoned', 'Convocation (vie scolaire, direction, examen)'),
  atSchool('excluded', 'Exclusion', { visibleToGuardians: true }),
  atSchool('delegate', 'Réunion de délégués'),
  reason('driving', 'Journée défense et citoyenneté, permis, concours'),
  care,
];

/** The words of an école: no roll call lesson by lesson, and more care outside. */
const PRIMARY: readonly Reason[] = [
  illness,
  appointment,
  family,
  transport,
  care,
  none,
  unknown,
  outing,
  travel,
  contagious,
  bereavement,
  religious,
  convenience,
  reason('adapted-time', 'Temps aménagé (petite section, projet d’accueil)', { onReport: false, usableByGuardians: false }),
];

export const defaultReasons = (kind: 'primary' | 'secondary'): readonly Reason[] => (kind === 'primary' ? PRIMARY : SECONDARY);
