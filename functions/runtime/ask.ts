import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { contextOf } from '../../shared/kernel/event.ts';
import { Failure, type FailureCode } from '../../shared/kernel/failure.ts';
import type { Ask } from '../../shared/kernel/grant.ts';
import { names } from '../../shared/kernel/names.ts';
import type { Question } from '../../shared/kernel/question.ts';
import { clientSettings, once } from './clients.ts';
import { environment } from './env.ts';
import { Told } from './told.ts';

const lambda = once(() => new LambdaClient(clientSettings()));

/** Only the questions an entry was granted can be asked; IAM says the same of the functions behind them. */
export const lambdaAsk = (granted: readonly Question[]): Ask => {
  const known = new Set(granted.map(({ name }) => name));
  const ask = async (question: Question, input: unknown): Promise<unknown> => {
    if (!known.has(question.name)) throw new RangeError(`no grant to ask ${question.name}`);
    const { PREAU_STAGE, PREAU_ACCOUNT } = environment();
    const { FunctionError, Payload } = await lambda().send(
      new InvokeCommand({
        FunctionName: names(PREAU_STAGE, PREAU_ACCOUNT).function(contextOf(question), 'answers'),
        Payload: JSON.stringify({ question: question.name, input }),
      }),
    );
    if (FunctionError !== undefined || !Payload) throw new Error(`${question.name} was not answered`);
    const told = Told.parse(JSON.parse(Buffer.from(Payload).toString()));
    if ('failure' in told) throw new Failure(told.failure.kind, told.failure.code as FailureCode, told.failure.details);
    return question.answer.parse(told.answer);
  };
  return ask as Ask;
};
