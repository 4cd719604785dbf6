import type * as z from 'zod';

/**
 * A question one context answers for others: the only way to read another context's data.
 * It is answered by the owner's `answers` function, over a synchronous invocation that is granted question by question.
 */
export interface Question<Name extends string = string, In extends z.ZodType = z.ZodType, Out extends z.ZodType = z.ZodType> {
  readonly kind: 'question';
  readonly name: Name;
  readonly input: In;
  readonly answer: Out;
  readonly summary: string;
}

export const defineQuestion = <const Name extends `${string}.${string}`, In extends z.ZodType, Out extends z.ZodType>(definition: {
  name: Name;
  input: In;
  answer: Out;
  summary: string;
}): Question<Name, In, Out> => ({ kind: 'question', ...definition });

export type AskedOf<Q> = Q extends Question<string, infer In, z.ZodType> ? z.infer<In> : never;
export type AnswerTo<Q> = Q extends Question<string, z.ZodType, infer Out> ? z.infer<Out> : never;
