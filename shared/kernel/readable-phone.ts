/** A French number as it is read aloud: `06 39 98 01 55`. Others stay as they are. */
export const readablePhone = (number: string): string => {
  const national = number.replace(/[\s.-]/g, '').replace(/^\+33(?=\d{9}$)/, '0');
  return /^0\d{9}$/.test(national) ? (national.match(/\d\d/g) ?? []).join('\u00a0') : number;
};
