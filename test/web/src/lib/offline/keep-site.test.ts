import { describe, expect, it } from 'vitest';
import { piecesOf } from '#lib/offline/keep-site.ts';

const site = {
  tree: '/_app/immutable/en/',
  pieces: ['entry/start.js', 'assets/0.css', 'nodes/doors.js', 'nodes/home.js', 'nodes/child.js', 'nodes/sign-in.js', 'nodes/other.js'],
  pages: [
    ['^\\/$', [0, 1, 2]],
    ['^\\/responsable\\/?$', [0, 1, 3]],
    ['^\\/responsable\\/enfants\\/([^/]+?)\\/([^/]+?)\\/?$', [0, 1, 4]],
    ['^\\/vie-scolaire\\/?$', [0, 1, 6]],
    ['^\\/([^/]+?)\\/connexion\\/?$', [0, 1, 5]],
  ] as const,
};

describe('what opens without a network', () => {
  it('is the choice of a door and the rooms of one’s own, each piece once, in the page’s language and every language’s style', () => {
    expect(piecesOf(site, 'guardian')).toEqual([
      '/_app/immutable/en/entry/start.js',
      '/_app/immutable/assets/0.css',
      '/_app/immutable/en/nodes/doors.js',
      '/_app/immutable/en/nodes/home.js',
      '/_app/immutable/en/nodes/child.js',
    ]);
  });
  it('is another door’s for who came in there', () => {
    expect(piecesOf(site, 'staff')).toContain('/_app/immutable/en/nodes/other.js');
    expect(piecesOf(site, 'staff')).not.toContain('/_app/immutable/en/nodes/home.js');
  });
});
