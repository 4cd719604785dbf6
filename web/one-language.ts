import { minify, type Plugin } from 'vite';

/** Stands in built pieces where the language decides, until each language has its own. */
const LANGUAGE = '__PREAU_LANGUAGE__';

/**
 * Words are compiled with every language side by side. A page is read in one: this leaves the choice open while the pieces are made, and
 * `inLanguage` closes it afterwards, once for each language.
 */
export function oneLanguage(): Plugin {
  return {
    name: 'preau:one-language',
    apply: 'build',
    enforce: 'post',
    transform: {
      filter: { id: /\/paraglide\/messages\/.+\.js$/ },
      handler(code, id) {
        if (id.endsWith('/_index.js')) return;
        const open = code.replace(/experimentalStaticLocale \?\? options\.locale \?\? getLocale\(\)/, LANGUAGE);
        if (open === code) this.error(`${id} does not choose its language as it did: see one-language.ts.`);
        return { code: open, map: null };
      },
    },
  };
}

/** A built piece in one language: the words of the others are left out. */
export async function inLanguage(file: string, code: string, language: string): Promise<string> {
  if (!code.includes(LANGUAGE)) return code;
  const { code: chosen, errors } = await minify(file, code.replaceAll(LANGUAGE, JSON.stringify(language)), {
    module: true,
    compress: true,
    mangle: { toplevel: true },
  });
  if (errors.length > 0) throw new Error(`${file} in ${language}: ${errors.map(({ message }) => message).join(', ')}`);
  return chosen;
}
