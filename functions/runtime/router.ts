import type { Route } from '../../shared/kernel/route.ts';
import { isSound } from './json.ts';

/** The part of a route by which it is found. */
type Found = Pick<Route, 'name' | 'method' | 'path'>;

interface Node<R> {
  readonly words: Map<string, Node<R>>;
  other?: Node<R>;
  readonly routes: Map<string, { readonly name: string; readonly route: R; readonly params: readonly string[] }>;
}

export interface Match<R> {
  /** The route's name in the context's `routes`: which use case. */
  readonly name: string;
  readonly route: R;
  readonly door: string;
  readonly params: Readonly<Record<string, string>>;
}

const node = <R>(): Node<R> => ({ words: new Map(), routes: new Map() });
const PARAM = /^\{(\w+)\}$/;

const decode = (segment: string): string | undefined => {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
};

/**
 * A tree of Maps built at init: `/api/{door}/{context}` and below it, word by word. A written word wins over a parameter.
 * Throws on two routes of one method and shape.
 */
export const router = <R extends Found>(routes: Readonly<Record<string, R>>): ((method: string, path: string) => Match<R> | undefined) => {
  const contexts = new Map<string, Node<R>>();
  for (const [name, route] of Object.entries(routes)) {
    const context = route.name.slice(0, route.name.indexOf('.'));
    let at = contexts.get(context) ?? node<R>();
    contexts.set(context, at);
    const params: string[] = [];
    for (const word of route.path.split('/').filter((word) => word !== '')) {
      const param = PARAM.exec(word)?.[1];
      let next = param === undefined ? at.words.get(word) : at.other;
      if (!next) {
        next = node<R>();
        if (param === undefined) at.words.set(word, next);
        else at.other = next;
      }
      if (param !== undefined) params.push(param);
      at = next;
    }
    if (at.routes.has(route.method)) throw new RangeError(`${route.name}: another route has ${route.method} ${route.path}`);
    at.routes.set(route.method, { name, route, params });
  }

  const find = (
    at: Node<R>,
    segments: readonly string[],
    from: number,
    method: string,
    values: string[],
  ): ReturnType<Node<R>['routes']['get']> => {
    const segment = segments[from];
    if (segment === undefined) return at.routes.get(method);
    const word = at.words.get(segment);
    const found = word && find(word, segments, from + 1, method, values);
    if (found || !at.other || segment === '') return found;
    values.push(segment);
    const below = find(at.other, segments, from + 1, method, values);
    if (!below) values.pop();
    return below;
  };

  return (method, path) => {
    const [empty, api, door, context, ...segments] = path.split('/');
    if (empty !== '' || api !== 'api' || door === undefined || context === undefined) return undefined;
    const root = contexts.get(context);
    const values: string[] = [];
    const found = root && find(root, segments, 0, method, values);
    if (!found) return undefined;
    const params: Record<string, string> = {};
    for (const [index, name] of found.params.entries()) {
      const value = decode(values[index] as string);
      if (value === undefined || !isSound(value)) return undefined;
      params[name] = value;
    }
    return { name: found.name, route: found.route, door, params };
  };
};
