import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from '@inlang/paraglide-js';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { NoticeLine } from '#lib/notices/words.ts';
import { DeliveryKind } from '../../../../../shared/notifications/delivery.ts';

// The sentences themselves are tested: the catalogue is compiled here as the site’s build does.
const { folder } = vi.hoisted(() => ({ folder: { path: '' } }));
vi.mock('#messages', async () => {
  folder.path = await mkdtemp(join(tmpdir(), 'preau-messages-'));
  const project = fileURLToPath(new URL('../../../../../web/project.inlang', import.meta.url));
  await compile({ project, outdir: folder.path, strategy: ['baseLocale'], outputStructure: 'locale-modules' });
  return import(join(folder.path, 'messages.js'));
});
const { byDay, factOf } = await import('#lib/notices/words.ts');
afterAll(() => rm(folder.path, { recursive: true, force: true }));

const spaced = (text: string) => text.replaceAll('\u00a0', ' ');
const line = (noticeId: string, date: string, more: Partial<NoticeLine> = {}): NoticeLine => ({
  ...{ uai: '0352072V', date, noticeId, pupilId: 'p_ines0001', episodeId: 'e_ines0001', kind: 'absence', minute: 540 },
  ...{ at: `${date}T07:17:00.000Z`, ...more },
});

describe('a notice', () => {
  const ines = { self: false, child: { givenName: 'INÈS' } } as const;
  it.each([
    ['absence', 'Inès : absence en cours de 9 h', 'Votre absence en cours de 9 h'],
    ['arrived', 'Inès : arrivée à 9 h', 'Votre arrivée à 9 h'],
    ['wrongly-marked', 'Rectificatif : Inès était en cours à 9 h', 'Rectificatif : vous étiez en cours à 9 h'],
    ['not-held', 'Rectificatif : le cours de 9 h n’a pas eu lieu', 'Rectificatif : le cours de 9 h n’a pas eu lieu'],
  ] as const)('of kind %s is one fact', (kind, ofChild, ofSelf) => {
    expect(spaced(factOf({ kind, minute: 540 }, ines))).toBe(ofChild);
    expect(spaced(factOf({ kind, minute: 540 }, { self: true }))).toBe(ofSelf);
  });
  it('names nobody who is not among one’s children', () => {
    for (const kind of DeliveryKind.options)
      expect(factOf({ kind, minute: 540 }, { self: false, child: undefined })).not.toMatch(/undefined/);
    expect(spaced(factOf({ kind: 'absence', minute: 540 }, { self: false, child: undefined }))).toBe(
      'Votre enfant : absence en cours de 9 h',
    );
  });
});

describe('the inbox', () => {
  const notices = [line('n_3', '2026-09-16'), line('n_2', '2026-09-15', { readAt: '2026-09-15T08:00:00.000Z' }), line('n_1', '2026-09-15')];
  it('is by day, in the order of the server', () => {
    expect(byDay(notices).map(({ title, notices: some }) => [title, some.map(({ noticeId }) => noticeId)])).toEqual([
      ['Mercredi 16 septembre', ['n_3']],
      ['Mardi 15 septembre', ['n_2', 'n_1']],
    ]);
  });
});
