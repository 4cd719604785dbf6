/** One name as part of a login: no accents, spaces or apostrophes, at most 30 characters. */
const part = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[œŒ]/g, 'oe')
    .replace(/[æÆ]/g, 'ae')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '')
    .replace(/^-+|-+$/g, '')
    .slice(0, 30);

/** `prenom.nom`, then `prenom.nom2`, `prenom.nom3`…: what ENT users know. A name without Latin letters gives `compte`. */
export function* loginsFor(givenName: string, familyName: string): Generator<string> {
  const base = [part(givenName), part(familyName)].filter(Boolean).join('.') || 'compte';
  yield base;
  for (let n = 2; ; n++) yield `${base}${n}`;
}
