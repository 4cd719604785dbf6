import { existsSync } from 'node:fs';
import type { Context, EventDefinition, Question, Route } from '../../shared/kernel/index.ts';
import type { Declared } from './blueprint.ts';

const shared = new URL('../../shared/', import.meta.url);

async function exported(context: string, file: string): Promise<unknown[]> {
  const url = new URL(`${context}/${file}`, shared);
  return existsSync(url) ? Object.values((await import(url.href)) as object) : [];
}

const isKind = (value: unknown, kind: string): boolean =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;

/** What the contexts of a catalogue declare in `shared/`, read from the tree: what no manifest binds is found by comparing. */
export async function declared(catalogue: readonly Context[]): Promise<Declared> {
  const found = async (file: string, kind: string) =>
    (
      await Promise.all(
        catalogue.map(async ({ name }) =>
          (await exported(name, file)).filter((value) => isKind(value, kind)).map((value) => ({ file: `shared/${name}/${file}`, value })),
        ),
      )
    ).flat();
  const [events, routes, questions] = await Promise.all([
    found('events.ts', 'event'),
    found('routes.ts', 'route'),
    found('questions.ts', 'question'),
  ]);
  return {
    events: events.map(({ file, value }) => ({ file, event: value as EventDefinition })),
    routes: routes.map(({ file, value }) => ({ file, route: value as Route })),
    questions: questions.map(({ file, value }) => ({ file, question: value as Question })),
  };
}
