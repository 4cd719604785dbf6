import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import {
  type AnswerTo,
  contextOf,
  Failure,
  type FailureCode,
  type FailureKind,
  names,
  type Question,
  STATUS,
} from '../../shared/kernel/index.ts';

const Told = z.union([
  z.object({
    failure: z.object({ kind: z.string(), code: z.string(), details: z.record(z.string(), z.unknown()).optional() }),
  }),
  z.object({ answer: z.unknown() }),
]);

/** Defaults of the input may be left out. */
export type AskContext = <Q extends Question>(question: Q, input: z.input<Q['input']>) => Promise<AnswerTo<Q>>;

const isKind = (kind: string): kind is FailureKind => Object.hasOwn(STATUS, kind);

/**
 * The operator's way in: a context's `answers` function, invoked with the AWS credentials of the environment
 * (`AWS_ENDPOINT_URL` for the local system). Throws the context's own `Failure`.
 */
export const askContext = (stage: string): AskContext => {
  const lambda = new LambdaClient({});
  const ask = async (question: Question, input: unknown): Promise<unknown> => {
    const FunctionName = names(stage, '').function(contextOf(question), 'answers');
    const { FunctionError, Payload } = await lambda.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify({ question: question.name, input: question.input.parse(input) }) }),
    );
    if (FunctionError !== undefined || !Payload) throw new Error(`${FunctionName} did not answer ${question.name}`);
    const told = Told.parse(JSON.parse(Buffer.from(Payload).toString()));
    if ('answer' in told) return question.answer.parse(told.answer);
    const { kind, code, details } = told.failure;
    throw new Failure(isKind(kind) ? kind : 'unavailable', code as FailureCode, details);
  };
  return ask as AskContext;
};
