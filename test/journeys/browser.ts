import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflate, default as packed } from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

const KEPT = fileURLToPath(new URL('../../.preau/chromium', import.meta.url));
const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

const onPath = (program: string): string | undefined => {
  const { status, stdout } = spawnSync('which', [program], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
};

/** The package unpacks where temporary files go: that is made a folder of ours, so that nobody else's is taken for it. */
async function unpacked<T>(act: () => Promise<T>): Promise<T> {
  const before = process.env.TMPDIR;
  mkdirSync(KEPT, { recursive: true });
  process.env.TMPDIR = KEPT;
  try {
    return await act();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

const lacksLibraries = (program: string): boolean =>
  spawnSync('ldd', [program], { encoding: 'utf8' }).stdout?.includes('not found') ?? false;

/**
 * The package's own list of font folders names those of Lambda: a browser without one font ends at the first letter it cannot draw.
 * Tells the file that names where they were unpacked, and the host's.
 */
const fontsOf = (folder: string): string => {
  const file = join(folder, 'fonts.conf');
  const folders = [join(folder, 'fonts'), '/usr/share/fonts'].map((dir) => `<dir>${dir}</dir>`).join('');
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders}<cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>`,
  );
  return file;
};

/** The system's Chromium if there is one, or the one from npm, with the libraries that come with it where the host has none. */
async function findChromium(): Promise<{ executablePath: string; env: Record<string, string> }> {
  const env = { ...process.env } as Record<string, string>;
  const given = process.env.PREAU_CHROMIUM ?? PROGRAMS.map(onPath).find(Boolean);
  if (given) return { executablePath: given, env };
  const executablePath = await unpacked(() => packed.executablePath());
  if (lacksLibraries(executablePath)) {
    const archive = fileURLToPath(new URL('../../node_modules/@sparticuz/chromium/bin/al2023.tar.br', import.meta.url));
    const libraries = join(await unpacked(() => inflate(archive)), 'lib');
    env.LD_LIBRARY_PATH = [libraries, env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  }
  env.FONTCONFIG_FILE ??= fontsOf(KEPT);
  return { executablePath, env };
}

/** A real Chromium without a window. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = await findChromium();
  return chromium.launch({ executablePath, env, args: ['--headless=shell', '--no-sandbox', '--font-render-hinting=none'] });
}
