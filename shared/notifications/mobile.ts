import type { Person } from '../directory/person.ts';

/** Mobile numbers of the overseas departments keep their national form at home, and have a country code of their own to the world (plan de numérotation, Arcep). */
const OVERSEAS: Readonly<Record<string, string>> = {
  '0690': '590',
  '0691': '590',
  '0692': '262',
  '0693': '262',
  '0639': '262',
  '0694': '594',
  '0696': '596',
  '0697': '596',
};
/** Within Mayotte's numbers, those that films and examples may use belong to nobody. */
const FICTION = '063998';

const toE164 = (number: string): string | undefined => {
  const dialled = number.replace(/[\s().\u00A0-]/g, '').replace(/^00/, '+');
  if (/^\+33[67]\d{8}$/.test(dialled)) return dialled;
  if (/^\+(?!33)[1-9]\d{7,14}$/.test(dialled)) return dialled;
  if (!/^0[67]\d{8}$/.test(dialled)) return undefined;
  const code = dialled.startsWith(FICTION) ? '33' : (OVERSEAS[dialled.slice(0, 4)] ?? '33');
  return `+${code}${dialled.slice(1)}`;
};

/** The telephone that takes text messages (E.164), if its owner accepts them (ACCEPTE_SMS). */
export const mobileOf = ({ phones, acceptsSms }: Pick<Person, 'phones' | 'acceptsSms'>): string | undefined =>
  acceptsSms ? phones.filter(({ kind }) => kind === 'mobile').flatMap(({ number }) => toE164(number) ?? [])[0] : undefined;
