import * as z from 'zod';

type Words = readonly [what: string, remedy: string];

interface AnomalyText {
  /** `error`: a record could not be used as written. `warning`: it was, and a human should know. */
  readonly severity: 'error' | 'warning';
  readonly fr: Words;
  readonly en: Words;
}

/** Every anomaly a reader can report, what it means and what the school does about it. The codes are stable. */
export const ANOMALIES = {
  'pupil-without-id': {
    severity: 'error',
    fr: ['Élève sans identifiant ELEVE_ID : non importé', 'Refaire l’export depuis SIECLE.'],
    en: ['Pupil without ELEVE_ID: not imported', 'Export the file from SIECLE again.'],
  },
  'pupil-without-ine': {
    severity: 'warning',
    fr: ['Élève sans INE', 'Compléter l’INE dans SIECLE quand il sera connu. L’élève est importé.'],
    en: ['Pupil without INE', 'Enter the INE in SIECLE once it is known. The pupil is imported.'],
  },
  'pupil-without-class': {
    severity: 'warning',
    fr: ['Élève sans classe', 'Affecter l’élève à une division dans SIECLE, puis réimporter.'],
    en: ['Pupil without class', 'Put the pupil into a class in SIECLE, then import again.'],
  },
  'pupil-in-several-classes': {
    severity: 'warning',
    fr: ['Élève dans plusieurs classes à la fois', 'Garder une seule division dans SIECLE.'],
    en: ['Pupil in several classes at once', 'Keep one class only in SIECLE.'],
  },
  'pupil-without-guardian': {
    severity: 'warning',
    fr: ['Élève sans responsable', 'Saisir un responsable légal dans SIECLE : personne ne sera prévenu d’une absence.'],
    en: ['Pupil without guardian', 'Enter a legal guardian in SIECLE: nobody will be told of an absence.'],
  },
  'pupil-twice': {
    severity: 'error',
    fr: ['Même ELEVE_ID sur deux élèves : le second est ignoré', 'Refaire l’export, et signaler le doublon à l’assistance SIECLE.'],
    en: ['Same ELEVE_ID on two pupils: the second is ignored', 'Export again and report the duplicate to SIECLE support.'],
  },
  'ine-twice': {
    severity: 'warning',
    fr: ['Même INE sur deux élèves', 'Corriger l’INE dans SIECLE. Les deux élèves restent distincts.'],
    en: ['Same INE on two pupils', 'Correct the INE in SIECLE. Both pupils stay separate.'],
  },
  homonyms: {
    severity: 'warning',
    fr: ['Deux élèves de mêmes nom, prénom et date de naissance', 'Vérifier qu’il s’agit bien de deux élèves. Ils restent distincts.'],
    en: ['Two pupils with the same name and birth date', 'Check that they are two pupils. They stay separate.'],
  },
  'birth-date-missing': {
    severity: 'warning',
    fr: ['Date de naissance manquante', 'Compléter la date de naissance dans SIECLE.'],
    en: ['Birth date missing', 'Enter the birth date in SIECLE.'],
  },
  'birth-date-unlikely': {
    severity: 'warning',
    fr: ['Date de naissance peu vraisemblable', 'Vérifier la date de naissance dans SIECLE.'],
    en: ['Unlikely birth date', 'Check the birth date in SIECLE.'],
  },
  'sex-missing': {
    severity: 'warning',
    fr: ['Sexe manquant', 'Compléter la fiche dans SIECLE.'],
    en: ['Sex missing', 'Complete the record in SIECLE.'],
  },
  'name-missing': {
    severity: 'warning',
    fr: ['Nom ou prénom manquant', 'Compléter le nom dans SIECLE.'],
    en: ['Name missing', 'Enter the name in SIECLE.'],
  },
  'date-impossible': {
    severity: 'warning',
    fr: ['Date impossible, ignorée', 'Corriger la date dans le logiciel d’origine.'],
    en: ['Impossible date, ignored', 'Correct the date in the source.'],
  },
  'dates-reversed': {
    severity: 'warning',
    fr: ['Date de fin avant la date de début', 'Corriger les dates dans le logiciel d’origine.'],
    en: ['End date before start date', 'Correct the dates in the source.'],
  },
  'text-cut': {
    severity: 'warning',
    fr: ['Texte trop long, coupé', 'Raccourcir ce champ dans le logiciel d’origine.'],
    en: ['Text too long, cut', 'Shorten this field in the source.'],
  },
  'email-invalid': {
    severity: 'warning',
    fr: ['Adresse de messagerie invalide, ignorée', 'Corriger l’adresse : ce responsable est à joindre par téléphone en attendant.'],
    en: ['Invalid e-mail address, ignored', 'Correct the address: this guardian must be called until then.'],
  },
  'email-of-pupil': {
    severity: 'warning',
    fr: ['L’adresse du responsable est celle d’un élève', 'Demander au responsable sa propre adresse et corriger la fiche.'],
    en: ['The guardian’s e-mail address is a pupil’s', 'Ask the guardian for an address of their own and correct the record.'],
  },
  'phone-invalid': {
    severity: 'warning',
    fr: ['Numéro de téléphone invalide, ignoré', 'Corriger le numéro dans le logiciel d’origine.'],
    en: ['Invalid telephone number, ignored', 'Correct the number in the source.'],
  },
  'regime-unknown': {
    severity: 'warning',
    fr: ['Régime inconnu', 'Vérifier le code du régime.'],
    en: ['Unknown boarding code', 'Check the boarding code.'],
  },
  'guardian-without-id': {
    severity: 'error',
    fr: ['Responsable sans PERSONNE_ID : non importé', 'Refaire l’export depuis SIECLE.'],
    en: ['Guardian without PERSONNE_ID: not imported', 'Export the file from SIECLE again.'],
  },
  'guardian-twice': {
    severity: 'error',
    fr: ['Même PERSONNE_ID sur deux responsables : le second est ignoré', 'Refaire l’export depuis SIECLE.'],
    en: ['Same PERSONNE_ID on two guardians: the second is ignored', 'Export the file from SIECLE again.'],
  },
  'link-without-guardian': {
    severity: 'error',
    fr: ['Lien vers un responsable absent du fichier : ignoré', 'Refaire l’export depuis SIECLE.'],
    en: ['Link to a guardian who is not in the file: ignored', 'Export the file from SIECLE again.'],
  },
  'link-without-pupil': {
    severity: 'error',
    fr: ['Lien sans élève : ignoré', 'Refaire l’export depuis SIECLE.'],
    en: ['Link without pupil: ignored', 'Export the file from SIECLE again.'],
  },
  'link-twice': {
    severity: 'warning',
    fr: ['Même responsable deux fois pour un élève', 'Garder un seul lien dans SIECLE.'],
    en: ['Same guardian twice for one pupil', 'Keep one link in SIECLE.'],
  },
  'link-level-unknown': {
    severity: 'warning',
    fr: ['Niveau de responsabilité inconnu : compté comme simple contact', 'Saisir le niveau de responsabilité dans SIECLE.'],
    en: ['Unknown level of responsibility: taken as contact only', 'Enter the level of responsibility in SIECLE.'],
  },
  'address-unknown': {
    severity: 'warning',
    fr: ['Adresse postale absente du fichier', 'Vérifier l’adresse dans SIECLE.'],
    en: ['Postal address not in the file', 'Check the address in SIECLE.'],
  },
  'structure-of-unknown-pupil': {
    severity: 'warning',
    fr: ['Affectation d’un élève absent du fichier', 'Refaire l’export depuis SIECLE.'],
    en: ['Class or group of a pupil who is not in the file', 'Export the file from SIECLE again.'],
  },
  'teacher-without-id': {
    severity: 'error',
    fr: ['Personne sans identifiant : non importée', 'Refaire l’export.'],
    en: ['Person without id: not imported', 'Export the file again.'],
  },
  'teacher-twice': {
    severity: 'error',
    fr: ['Même identifiant sur deux personnes : la seconde est ignorée', 'Refaire l’export.'],
    en: ['Same id on two people: the second is ignored', 'Export the file again.'],
  },
  'teacher-unknown': {
    severity: 'warning',
    fr: ['Enseignant absent du fichier', 'Vérifier le service ou le cours dans le logiciel d’origine.'],
    en: ['Teacher who is not in the file', 'Check the service or course in the source.'],
  },
  'group-unknown': {
    severity: 'warning',
    fr: ['Classe, groupe ou partie de classe absent du fichier', 'Vérifier la composition des groupes dans EDT.'],
    en: ['Class, group or part of class not in the file', 'Check the make-up of groups in EDT.'],
  },
  'group-twice': {
    severity: 'warning',
    fr: ['Deux classes ou groupes de même nom : réunis', 'Donner un nom différent à chaque groupe.'],
    en: ['Two classes or groups of one name: taken as one', 'Give each group a name of its own.'],
  },
  'subject-unknown': {
    severity: 'warning',
    fr: ['Matière absente du fichier', 'Vérifier la matière dans le logiciel d’origine.'],
    en: ['Subject not in the file', 'Check the subject in the source.'],
  },
  'course-without-time': {
    severity: 'error',
    fr: ['Cours sans jour ou sans heure valable : ignoré', 'Placer le cours dans EDT.'],
    en: ['Course without a valid day or time: ignored', 'Place the course in EDT.'],
  },
  'course-without-pupils': {
    severity: 'warning',
    fr: ['Cours sans classe ni groupe : aucun appel possible', 'Ajouter la classe ou le groupe dans EDT si des élèves y assistent.'],
    en: ['Course without class or group: no roll call', 'Add the class or group in EDT if pupils attend it.'],
  },
  'weeks-invalid': {
    severity: 'warning',
    fr: ['Semaines illisibles : ignorées', 'Refaire l’export depuis EDT.'],
    en: ['Unreadable weeks: ignored', 'Export the file from EDT again.'],
  },
} as const satisfies Record<string, AnomalyText>;

export const AnomalyCode = z.enum(Object.keys(ANOMALIES) as [keyof typeof ANOMALIES, ...(keyof typeof ANOMALIES)[]]);
export type AnomalyCode = z.infer<typeof AnomalyCode>;
