import { type Context, contextOf, DOORS, type Door, indexesOf, names, type Relation } from '../../shared/kernel/index.ts';
import { ttlOf } from '../constructs/house-table.ts';
import { byName, entriesOf } from '../entries.ts';

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const code = (text: string) => `\`${text}\``;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  rows.length === 0 ? '_none_' : [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

const page = (title: string, lead: string, sections: readonly string[]): string =>
  `${[`# ${title}`, `<!-- Generated from the declarations by \`npm run reference\`: change those. -->\n\n${lead}`, ...sections].join('\n\n')}\n`;

/** DATA.md: what is kept, by which keys, how it is read, how long. */
export function dataPage(catalogue: readonly Context[]): string {
  const sections = catalogue.flatMap(({ name, table: declared }) => {
    if (declared === undefined) return [];
    const ttl = ttlOf(declared);
    const indexes = indexesOf(declared);
    return [
      `## ${name}`,
      `Table ${code(names('{stage}', '').table(name))}. Expires by ${ttl === undefined ? 'nothing' : code(ttl)}. Indexes: ${indexes.length === 0 ? 'none' : indexes.map(code).join(', ')}.`,
      table(
        ['entity', 'pk', 'sk', 'indexes', 'attributes', 'kept'],
        Object.entries(declared.entities).map(([entity, { schema, pk, sk, indexes: of = {}, retention }]) => [
          entity,
          code(pk),
          code(sk),
          Object.entries(of)
            .map(([index, key]) => `${index}: ${code(key.pk)} / ${code(key.sk)}`)
            .join('; '),
          Object.keys(schema.shape).join(', '),
          retention,
        ]),
      ),
      table(
        ['access pattern', 'reads', 'index', 'pk', 'sk', 'what for'],
        Object.entries(declared.patterns).map(([pattern, { entities, index, pk, sk, between, summary }]) => [
          pattern,
          entities.join(', '),
          index ?? 'table',
          code(pk),
          between ? `${code(between[0])} … ${code(between[1])}` : sk === undefined ? 'all' : `begins with ${code(sk)}`,
          summary,
        ]),
      ),
    ];
  });
  return page(
    'Data',
    'Every table, its keys, the only ways it is read, and how long each thing is kept. One table a context; no Scan.',
    sections,
  );
}

/** EVENTS.md: who emits, who consumes, who asks whom, and what a human loses when it fails. */
export function eventsPage(catalogue: readonly Context[]): string {
  const events = new Map(
    catalogue.flatMap(({ relay, consumers = {} }) =>
      [...(relay?.emits ?? []), ...Object.values(consumers).flatMap(({ on }) => on)].map((event) => [event.name, event] as const),
    ),
  );
  const consumersOf = (name: string) =>
    catalogue.flatMap(({ name: context, consumers = {} }) =>
      Object.entries(consumers).flatMap(([entry, { on }]) => (on.some((event) => event.name === name) ? [`${context}/${entry}`] : [])),
    );
  const questions = catalogue.flatMap(({ answers }) => byName(answers?.questions));
  const askers = (name: string) =>
    catalogue.flatMap((context) =>
      entriesOf(context)
        .filter(({ grants }) => grants.some((grant) => grant.kind === 'question' && grant.question.name === name))
        .map((entry) => `${context.name}/${entry.name}`),
    );
  return page(
    'Events',
    'What happened, who says so, who listens; what one context asks another; what each function’s failure costs whom.',
    [
      '## Events',
      table(
        ['event', 'emitted by', 'consumed by', 'carries', 'meaning'],
        [...events.values()]
          .sort((a, b) => (a.name < b.name ? -1 : 1))
          .map((event) => [
            code(event.name),
            `${contextOf(event)}/relay`,
            consumersOf(event.name).join(', ') || '—',
            'shape' in event.payload ? Object.keys(event.payload.shape as object).join(', ') : '',
            event.summary,
          ]),
      ),
      '## Questions',
      table(
        ['question', 'answered by', 'asked by', 'meaning'],
        questions.map((question) => [
          code(question.name),
          `${contextOf(question)}/answers`,
          askers(question.name).join(', ') || 'the operator',
          question.summary,
        ]),
      ),
      '## What is lost when it fails',
      table(
        ['function', 'kind', 'a human loses'],
        catalogue.flatMap((context) => entriesOf(context).map(({ name, kind, loses }) => [`${context.name}/${name}`, kind, loses])),
      ),
      '## Figures',
      table(
        ['figure', 'counted by', 'what it says'],
        catalogue.flatMap(({ name: context, schedules = {} }) =>
          Object.entries(schedules).flatMap(([entry, { figure }]) => (figure ? [[figure.name, `${context}/${entry}`, figure.says]] : [])),
        ),
      ),
    ],
  );
}

/** RIGHTS.md: door × relation × route. */
export function rightsPage(catalogue: readonly Context[]): string {
  const rights = catalogue.flatMap(({ name: context, api }) =>
    byName(api?.routes).map((route) => {
      const relation = (door: Door): Relation | undefined => (route.rights === 'public' ? undefined : route.rights[door]);
      return [
        `${route.method} ${code(`/${context}${route.path}`)}`,
        route.rights === 'public' ? 'anyone' : '',
        ...DOORS.map((door) => relation(door)?.name ?? ''),
        route.summary,
      ];
    }),
  );
  return page(
    'Rights',
    'Who may, by which door, on what relation. An empty cell is a refusal: a door that a route does not open answers 404, and so does a relation that does not hold.',
    [table(['route', 'without sign-in', ...DOORS, 'what for'], rights)],
  );
}
