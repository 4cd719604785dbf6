import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';

/** One shape of a drawing: its tag, and its attributes. */
type Shape = readonly [tag: string, attributes: Readonly<Record<string, string>>];

const written = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');

const FRAME = {
  viewBox: '0 0 24 24',
  fill: 'none',
  stroke: 'currentColor',
  'stroke-width': '2',
  'stroke-linecap': 'round',
  'stroke-linejoin': 'round',
  'aria-hidden': 'true',
};

/** A component of lucide as one plain drawing; undefined when it is not written as the others are. */
export function plainIcon(source: string): string | undefined {
  const [, data] = /const iconData = (\{.*\});$/m.exec(source) ?? [];
  if (!data) return;
  const { name, node } = JSON.parse(data) as { name: string; node: readonly Shape[] };
  const drawing = node.map(([tag, attributes]) => `<${tag}${written(attributes)}/>`).join('');
  return `<script>let { size = 24 } = $props();</script><svg class="lucide lucide-${name}" width={size} height={size}${written(FRAME)}>${drawing}</svg>`;
}

/**
 * Lucide's components draw each shape from data, by a renderer that knows every option: 1.5 kB, and work at each paint. Ours are only ever
 * told their size: each becomes the drawing itself.
 */
export function plainIcons(): Plugin {
  return {
    name: 'preau:plain-icons',
    enforce: 'pre',
    load: {
      filter: { id: /@lucide\/svelte\/dist\/icons\/[\w-]+\.svelte$/ },
      async handler(id) {
        const plain = plainIcon(await readFile(id, 'utf8'));
        return plain ?? this.error(`${id} is not written as lucide's icons were: see plain-icons.ts.`);
      },
    },
  };
}
