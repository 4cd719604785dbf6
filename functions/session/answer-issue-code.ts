import { people } from '../../shared/directory/questions.ts';
import type { AnswerTo, AskedOf } from '../../shared/kernel/index.ts';
import type * as questions from '../../shared/session/questions.ts';
import type { AnswersPorts } from './manifest.ts';
import { type IssuedCode, issueCodeFor } from './one-time-code.ts';

export async function answerIssueCode(
  { uai, personIds }: AskedOf<typeof questions.issueCode>,
  ports: AnswersPorts,
): Promise<AnswerTo<typeof questions.issueCode>> {
  const issued: IssuedCode[] = [];
  for (const person of await ports.ask(people, { uai, personIds })) {
    const code = await issueCodeFor(person, ports);
    if (code) issued.push(code);
  }
  return issued;
}
