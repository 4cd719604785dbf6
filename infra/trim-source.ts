import ts from 'typescript';
import type { Entry } from './entries.ts';

interface Cut {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const edited = (source: string, cuts: readonly Cut[]): string =>
  [...cuts].sort((a, b) => b.from - a.from).reduce((text, { from, to, text: put }) => text.slice(0, from) + put + text.slice(to), source);

const parse = (source: string) => ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);

/** What a bundler keeps unless it is told otherwise, since calling might do something. */
const isMade = (node: ts.Expression): boolean => {
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node)) return isMade(node.expression);
  return ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node);
};

/**
 * Marks every top-level value of a module as made without side effects, so that a bundle leaves out the schemas, routes and questions
 * that its function never names. Only for modules that declare and do nothing else when they are loaded.
 */
export const markPure = (source: string): string => {
  const cuts = parse(source)
    .statements.filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .flatMap(({ initializer, name }): Cut[] =>
      initializer && ts.isIdentifier(name) && isMade(initializer)
        ? [
            { from: initializer.getStart(), to: initializer.getStart(), text: '/* @__PURE__ */ (() => (' },
            { from: initializer.end, to: initializer.end, text: '))()' },
          ]
        : [],
    );
  return edited(source, cuts);
};

/**
 * `const { a, b } = routes;` as one constant each: taken apart at once, a bundle would keep all that `routes` has.
 */
export const unpacked = (source: string): string => {
  const cuts = parse(source)
    .statements.filter(ts.isVariableStatement)
    .flatMap((statement): Cut[] => {
      const [one, ...more] = statement.declarationList.declarations;
      if (!one?.initializer || more.length > 0 || !ts.isObjectBindingPattern(one.name) || !ts.isIdentifier(one.initializer)) return [];
      const from = one.initializer.text;
      const text = one.name.elements.map(({ propertyName, name }) => {
        const local = name.getText();
        return `const ${local} = ${from}.${propertyName?.getText() ?? local};`;
      });
      return [{ from: statement.getStart(), to: statement.end, text: text.join('\n') }];
    });
  return edited(source, cuts);
};

const nameOf = ({ name }: ts.ObjectLiteralElementLike): string | undefined =>
  name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : undefined;

/** Groups of entries by name, as a manifest writes them. */
const GROUPS: Readonly<Partial<Record<Entry['kind'], string>>> = {
  consumer: 'consumers',
  worker: 'workers',
  schedule: 'schedules',
  feedback: 'feedback',
};
const PARTS = new Set(['api', 'answers', 'relay', ...Object.values(GROUPS)]);

/** A manifest's source with one entry left in it: a function ships what it declares itself, not its siblings' questions and events. */
export const onlyEntry = (source: string, { kind, name }: Pick<Entry, 'kind' | 'name'>): string => {
  const group = GROUPS[kind];
  const part = group ?? kind;
  const cuts: Cut[] = [];
  const drop = (element: ts.Node) => {
    const comma = source[element.end] === ',' ? 1 : 0;
    cuts.push({ from: element.getStart(), to: element.end + comma, text: '' });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'defineContext') {
      const [definition] = node.arguments;
      if (!definition || !ts.isObjectLiteralExpression(definition)) return;
      for (const element of definition.properties) {
        const named = nameOf(element);
        if (named === undefined || !PARTS.has(named)) continue;
        if (named !== part) drop(element);
        else if (group && ts.isPropertyAssignment(element) && ts.isObjectLiteralExpression(element.initializer)) {
          for (const one of element.initializer.properties) if (nameOf(one) !== undefined && nameOf(one) !== name) drop(one);
        }
      }
      return;
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(source));
  return edited(source, cuts);
};

const propertyOf = (literal: ts.ObjectLiteralExpression, name: string): ts.ObjectLiteralElementLike | undefined =>
  literal.properties.find((element) => nameOf(element) === name);

/** The source of what a property is set to. */
const sourceOf = (element: ts.ObjectLiteralElementLike | undefined): string | undefined => {
  if (element && ts.isShorthandPropertyAssignment(element)) return element.name.text;
  return element && ts.isPropertyAssignment(element) ? element.initializer.getText() : undefined;
};

/** A manifest's source whose context is defined anew, from what it was. */
const defined = (source: string, as: (definition: ts.ObjectLiteralExpression) => string): string => {
  const cuts: Cut[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'defineContext') {
      const [definition] = node.arguments;
      if (definition && ts.isObjectLiteralExpression(definition))
        cuts.push({ from: definition.getStart(), to: definition.end, text: as(definition) });
      return;
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(source));
  return edited(source, cuts);
};

/** A manifest's source with its table alone. */
export const onlyTable = (source: string): string =>
  defined(source, (definition) => `{ table: ${sourceOf(propertyOf(definition, 'table')) ?? 'undefined'} }`);

/** A manifest's source with one route of its API alone. */
export const onlyRoute = (source: string, route: string): string =>
  defined(source, (definition) => {
    const api = propertyOf(definition, 'api');
    const routes =
      api && ts.isPropertyAssignment(api) && ts.isObjectLiteralExpression(api.initializer)
        ? propertyOf(api.initializer, 'routes')
        : undefined;
    const listed = routes && ts.isPropertyAssignment(routes) && ts.isObjectLiteralExpression(routes.initializer) && routes.initializer;
    const declared = listed ? sourceOf(propertyOf(listed, route)) : `${sourceOf(routes)}.${route}`;
    // Without it the function would be deployed, and find out at the first request.
    if (declared === undefined) throw new Error(`the manifest does not name the route ${route}: list it in api.routes, spread it nowhere`);
    return `{ api: { routes: { ${route}: ${declared} } } }`;
  });

/**
 * The source of an `api.ts` with one route and its use case in the place of its handler, which is
 * `export const handler = serve(manifest.api, { route: useCase, … });`. Undefined when it is written otherwise, or lacks the route.
 */
export const pieceOf = (source: string, route: string): string | undefined => {
  for (const statement of parse(source).statements) {
    if (!ts.isVariableStatement(statement)) continue;
    const [handler] = statement.declarationList.declarations;
    const call = handler?.initializer;
    if (handler?.name.getText() !== 'handler' || !call || !ts.isCallExpression(call) || call.expression.getText() !== 'serve') continue;
    const [entry, useCases] = call.arguments;
    if (!entry || !useCases || !ts.isObjectLiteralExpression(useCases)) return undefined;
    const act = sourceOf(propertyOf(useCases, route));
    if (act === undefined) return undefined;
    const text = `export const route = ${entry.getText()}.routes.${route};\nexport const act = ${act};`;
    return edited(source, [{ from: statement.getStart(), to: statement.end, text }]);
  }
  return undefined;
};
