import type { AnswersEntry, PortsOf } from '../../shared/kernel/context.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import type { AnswerTo, AskedOf } from '../../shared/kernel/question.ts';
import { type Handler, invocation } from './invocation.ts';
import { type Line, lineLog } from './log.ts';
import { portsFor } from './ports.ts';
import { Asked, type Told } from './told.ts';

/** One use case for each question, by its name in the entry. */
export type Answerers<E extends AnswersEntry> = {
  readonly [N in keyof E['questions']]: (
    input: AskedOf<E['questions'][N]>,
    ports: PortsOf<E>,
  ) => AnswerTo<E['questions'][N]> | Promise<AnswerTo<E['questions'][N]>>;
};

/** A context's answers to the others. A refusal is given back as a value and thrown again by whoever asked; a fault fails the invocation. */
export const answers = <const E extends AnswersEntry>(
  entry: E,
  useCases: Answerers<E>,
  { line = lineLog(), ports = portsFor(entry, line) as PortsOf<E> }: { readonly line?: Line; readonly ports?: PortsOf<E> } = {},
): Handler<Asked, Told> => {
  const acts = useCases as Readonly<Record<string, (input: unknown, ports: unknown) => unknown>>;
  const byName = new Map(
    Object.entries(entry.questions).map(([name, question]) => {
      const act = acts[name];
      if (!act) throw new RangeError(`the question ${name} has no use case`);
      return [question.name, { question, act }] as const;
    }),
  );
  return invocation<Asked, Told>(line, async (event) => {
    const { question: name, input } = Asked.parse(event);
    const found = byName.get(name);
    if (!found) throw new RangeError('an unknown question');
    line.info(name);
    try {
      return { answer: found.question.answer.parse(await found.act(found.question.input.parse(input), ports)) };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const { kind, code, details } = error;
      return { failure: { kind, code, ...(details && { details }) } };
    }
  });
};
