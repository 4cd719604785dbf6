import * as z from 'zod';
import { type FailureKind, STATUS } from '../../shared/kernel/failure.ts';

/** What an `answers` function is invoked with, and what it gives back: a refusal travels as a value, a fault as a function error. */
export const Asked = z.object({ question: z.string(), input: z.unknown() });
export type Asked = z.infer<typeof Asked>;
export const Told = z.union([
  z.object({
    failure: z.object({
      kind: z.enum(Object.keys(STATUS) as [FailureKind, ...FailureKind[]]),
      code: z.templateLiteral([z.string(), '.', z.string()]),
      details: z.record(z.string(), z.unknown()).optional(),
    }),
  }),
  z.object({ answer: z.unknown() }),
]);
export type Told = z.infer<typeof Told>;
