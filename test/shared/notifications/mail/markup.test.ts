import fc from 'fast-check';
import { expect, it } from 'vitest';
import { escapeText, html } from '../../../../shared/notifications/mail/markup.ts';

it('escapes what is inserted, and nothing of the template', () => {
  expect(html`<b title="${'"><i>'}">${"l'été & <co>"}</b>`.text).toBe('<b title="&quot;&gt;&lt;i&gt;">l&#39;été &amp; &lt;co&gt;</b>');
});

it('inserts markup as markup, lists one after the other, and nothing for what is absent', () => {
  expect(html`<ul>${[html`<li>${'<'}</li>`, html`<li>2</li>`]}${undefined}</ul>`.text).toBe('<ul><li>&lt;</li><li>2</li></ul>');
});

it('lets no text close or open anything', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(escapeText(text)).not.toMatch(/[<>"'`]|&(?!(amp|lt|gt|quot|#39|#96);)/);
    }),
  );
});
