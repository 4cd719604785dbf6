import { describe, expect, it } from 'vitest';
import { pieces } from '../../web/pieces.ts';

const DOORS = ['eleve', 'responsable', 'professeur', 'vie-scolaire'];
/** Another home behind the same door. */
const DIRECTION = 'vie-scolaire/direction';
const PLACES = [...DOORS, 'responsable/plus', DIRECTION];
const node = (n: number) => `/generated/nodes/${n}.js`;
const page = (home: string) => `/web/src/routes/${home}/+page.svelte`;

/** A site of four homes; `importers` says who imports a module. */
const site = (importers: Record<string, string[]>, dynamic: readonly string[] = []) => ({
  getModuleInfo: (id: string) => {
    const at = PLACES.findIndex((_, n) => node(n) === id);
    const home = PLACES[at];
    const own = PLACES.findIndex((one) => page(one) === id);
    return {
      isEntry: home !== undefined || id === '/kit/entry.js',
      importers: own === -1 ? (importers[id] ?? []) : [node(own)],
      dynamicImporters: dynamic.includes(id) ? ['/some/page.svelte'] : [],
      importedIds: home === undefined ? [] : [page(home)],
    };
  },
});
const pieceOf = (id: string, modules: ReturnType<typeof site>) =>
  pieces([...DOORS, DIRECTION])
    .map(({ name }) => name(id, modules))
    .filter((name) => name !== null);

describe('the piece a module travels in', () => {
  it('is that of every home when most need it, or the site starts with it', () => {
    expect(pieceOf('/a.ts', site({ '/a.ts': DOORS.map(page) }))).toEqual(['homes']);
    expect(pieceOf('/a.ts', site({ '/a.ts': ['/b.ts'], '/b.ts': ['/kit/entry.js'] }))).toEqual(['homes']);
  });
  it('is that of the one home that needs it, and of the few that share it', () => {
    expect(pieceOf('/a.ts', site({ '/a.ts': [page('eleve')] }))).toEqual(['home-eleve']);
    expect(pieceOf('/a.ts', site({ '/a.ts': ['/b.ts'], '/b.ts': [page('responsable'), page('eleve')] }))).toEqual([
      'home-eleve-responsable',
    ]);
  });
  it('is apart for what one home behind a door needs and the other does not', () => {
    expect(pieceOf('/a.ts', site({ '/a.ts': [page(DIRECTION)] }))).toEqual(['home-vie-scolaire-direction']);
    expect(pieceOf('/a.ts', site({ '/a.ts': [page(DIRECTION), page('vie-scolaire')] }))).toEqual([
      'home-vie-scolaire-vie-scolaire-direction',
    ]);
    // Two homes, one door: with two others it is not yet most.
    const three = ['eleve', 'professeur', 'vie-scolaire', DIRECTION];
    expect(pieceOf('/a.ts', site({ '/a.ts': three.map(page) }))).toEqual(['home-eleve-professeur-vie-scolaire-vie-scolaire-direction']);
  });
  it('is none of theirs when another page asks for it, or a home only does later', () => {
    expect(pieceOf('/a.ts', site({ '/a.ts': [page('responsable/plus')] }))).toEqual([]);
    expect(pieceOf('/a.ts', site({ '/a.ts': DOORS.map(page) }, ['/a.ts']))).toEqual([]);
  });
});
