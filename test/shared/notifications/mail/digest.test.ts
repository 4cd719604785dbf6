import { describe, expect, it } from 'vitest';
import { MessageLanguage } from '../../../../shared/notifications/language.ts';
import { type AboutDigest, composeDigest, type DigestLine } from '../../../../shared/notifications/mail/digest.ts';

const line = (over: Partial<DigestLine> = {}): DigestLine => ({
  school: { uai: '0352072V', name: 'Collège des Tilleuls', schoolLifeEmail: 'vs@example.org', settings: { kind: 'secondary' } },
  pupil: { pupilId: 'p_ines0001', familyName: 'LEMOINE', givenName: 'Inès' },
  date: '2026-09-15',
  startMinute: 545,
  subject: 'MATHEMATIQUES',
  label: 'Oubli de matériel',
  ...over,
});
const about = (over: Partial<AboutDigest> = {}): AboutDigest => ({
  lines: [line()],
  to: { familyName: 'LEMOINE', givenName: 'Claire', civility: 'Mme', language: 'fr', self: false },
  link: 'https://preau.example/responsable',
  stop: 'https://preau.example/api/public/notifications/stops/abc',
  ...over,
});

describe('a digest', () => {
  it('says by child what was noted, in HTML and in written text, and how to stop it', () => {
    const { text, html, subject, replyTo } = composeDigest(about());
    expect(subject).toBe('Une remarque de professeur');
    expect(replyTo).toBe('vs@example.org');
    expect(text).toContain('Inès\n- Mar. 15 sept., 9\u00a0h\u00a005, mathematiques\u00a0: Oubli de matériel\n');
    expect(text).toContain('Ne plus les recevoir par courriel\u00a0:\nhttps://preau.example/api/public/notifications/stops/abc');
    expect(html).toContain('<strong>Inès</strong>');
    expect(html).toContain('href="https://preau.example/api/public/notifications/stops/abc"');
  });

  it.each(MessageLanguage.options)('has a subject of 50 characters at most that names nobody, in %s', (language) => {
    for (const count of [1, 2, 87, 1_000]) {
      const lines = Array.from({ length: count }, (_, index) => line({ startMinute: index }));
      const { subject, headers } = composeDigest(about({ lines, to: { ...about().to, language } }));
      expect([...subject].length).toBeLessThanOrEqual(50);
      expect(subject).not.toMatch(/Inès|LEMOINE|Tilleuls/i);
      expect(headers).toMatchObject({ 'Content-Language': language, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' });
    }
  });

  it('shows thirty, and says how many more there are', () => {
    const lines = Array.from({ length: 34 }, (_, index) => line({ startMinute: 480 + index }));
    const { text } = composeDigest(about({ lines }));
    expect(text.match(/Oubli de matériel/g)).toHaveLength(30);
    expect(text).toContain('et 4 de plus');
  });

  it('makes names and a school’s words harmless', () => {
    const { html, text } = composeDigest(
      about({
        lines: [line({ label: '<b>evil.example</b>', pupil: { pupilId: 'p_1', familyName: 'X', givenName: '<script>//evil.example' } })],
      }),
    );
    for (const written of [html, text]) expect(written).not.toMatch(/<script|<b>|evil\.example|\/\/evil/);
  });
});
