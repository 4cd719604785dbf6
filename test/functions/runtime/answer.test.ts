import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { answers } from '../../../functions/runtime/answer.ts';
import { lambdaAsk } from '../../../functions/runtime/ask.ts';
import { defineQuestion, Failure, missing } from '../../../shared/kernel/index.ts';
import { basePorts } from '../../doubles/index.ts';
import { invoked, readLine } from './invoked.ts';

const title = defineQuestion({
  name: 'library.title',
  input: z.object({ book: z.string() }),
  answer: z.object({ title: z.string() }),
  summary: 'A title',
});
const other = defineQuestion({ name: 'library.other', input: z.object({}), answer: z.string(), summary: 'Another' });

const handler = answers(
  { questions: { title }, grants: [], loses: 'Nobody knows titles.' },
  {
    title: ({ book }) => {
      if (book === 'lost') throw missing();
      if (book === 'gone') throw new Failure('gone', 'library.gone', { since: 3 });
      if (book === 'broken') throw new Error('Martin Dupont');
      return { title: book.toUpperCase(), secret: 1 } as { title: string };
    },
  },
  { ports: basePorts(), line: readLine().line },
);

// The wire between the two sides: what one sends is what the other is invoked with.
const lambda = mockClient(LambdaClient);
beforeEach(() => {
  lambda.reset();
  lambda.on(InvokeCommand).callsFake(async ({ Payload }: { Payload: string }) => {
    try {
      return { Payload: new TextEncoder().encode(JSON.stringify(await handler(JSON.parse(Payload), invoked()))) };
    } catch {
      return { FunctionError: 'Unhandled', Payload: new TextEncoder().encode('{}') };
    }
  });
});
const ask = lambdaAsk([title]);

describe('asking another context', () => {
  it('is answered, with what the question promises and no more', async () => {
    expect(await ask(title, { book: 'émile' })).toEqual({ title: 'ÉMILE' });
    expect(lambda.call(0).args[0].input).toMatchObject({ FunctionName: 'preau-test-library-answers' });
  });

  it('meets the owner’s refusal as its own', async () => {
    await expect(ask(title, { book: 'lost' })).rejects.toMatchObject({ kind: 'missing', code: 'request.not-found' });
    await expect(ask(title, { book: 'gone' })).rejects.toEqual(new Failure('gone', 'library.gone', { since: 3 }));
    await expect(ask(title, { book: 'gone' })).rejects.toMatchObject({ details: { since: 3 } });
  });

  it('fails, naming the question alone, when the owner fails', async () => {
    await expect(ask(title, { book: 'broken' })).rejects.toThrow('library.title was not answered');
    await expect(ask(title, { book: 3 as unknown as string })).rejects.toThrow('library.title was not answered');
  });

  it('cannot ask what it was not granted', async () => {
    await expect(ask(other, {})).rejects.toThrow('no grant to ask library.other');
    expect(lambda.calls()).toHaveLength(0);
  });
});
