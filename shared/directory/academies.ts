import { fold } from './name-folding.ts';

/** Codes of the ministry (nomenclature N_ACADEMIE); Caen and Rouen have been Normandie since 2020. */
const ACADEMIES: Readonly<Record<string, string>> = {
  PARIS: '01',
  'AIX MARSEILLE': '02',
  BESANCON: '03',
  BORDEAUX: '04',
  CAEN: '70',
  'CLERMONT FERRAND': '06',
  DIJON: '07',
  GRENOBLE: '08',
  LILLE: '09',
  LYON: '10',
  MONTPELLIER: '11',
  'NANCY METZ': '12',
  POITIERS: '13',
  RENNES: '14',
  STRASBOURG: '15',
  TOULOUSE: '16',
  NANTES: '17',
  'ORLEANS TOURS': '18',
  REIMS: '19',
  AMIENS: '20',
  ROUEN: '70',
  LIMOGES: '22',
  NICE: '23',
  CRETEIL: '24',
  VERSAILLES: '25',
  CORSE: '27',
  'LA REUNION': '28',
  REUNION: '28',
  MARTINIQUE: '31',
  GUADELOUPE: '32',
  GUYANE: '33',
  'NOUVELLE CALEDONIE': '40',
  'POLYNESIE FRANCAISE': '41',
  MAYOTTE: '43',
  NORMANDIE: '70',
};

/** The code of an académie from what a file or an operator says: its code, with or without a leading zero, or its name. */
export function academyOf(said: string | undefined): string | undefined {
  if (said === undefined) return undefined;
  const digits = /^\s*0*(\d{1,2})\s*$/.exec(said)?.[1];
  if (digits !== undefined) return digits.padStart(2, '0');
  return ACADEMIES[fold(said).replace(/^ACADEMIE (DE |D |DU )?/, '')];
}
