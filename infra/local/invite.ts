import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { invite, openSchool } from '../../shared/directory/questions.ts';
import { Duty, Failure, Uai } from '../../shared/kernel/index.ts';
import { issueCode } from '../../shared/session/questions.ts';
import { parsed } from './arguments.ts';
import { askContext } from './ask-context.ts';
import { command, Refusal, table } from './progress.ts';
import { reach } from './reach.ts';

const text = { type: 'string' } as const;
const OPTIONS = {
  stage: text,
  region: { ...text, default: 'eu-west-3' },
  system: { ...text, default: '.preau' },
  door: { ...text, default: 'staff' },
  school: text,
  /** Opens the school under this name. */
  open: text,
  'family-name': text,
  'given-name': text,
  email: text,
  duty: { ...text, multiple: true },
  oversees: { ...text, multiple: true },
} as const;

const Invited = z.object({
  uai: Uai,
  door: z.enum(['staff', 'authority', 'teacher']),
  familyName: z.string().min(1),
  givenName: z.string().min(1),
  email: z.email().optional(),
  duties: z.array(Duty),
  oversees: z.array(Uai),
});

/** The first person of a school: whoever runs the deployment adds them and hands over a one-time code. */
await command(async () => {
  const { values } = parsed(() => parseArgs({ args: process.argv.slice(2), options: OPTIONS }));
  const stage = reach(values.stage, values.system, values.region);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const given = async (value: string | undefined, question: string) => value ?? (await terminal.question(`${question}: `)).trim();
  const uai = await given(values.school, 'UAI of the school');
  const person = Invited.safeParse({
    uai: uai.toUpperCase(),
    door: values.door,
    familyName: await given(values['family-name'], 'Family name'),
    givenName: await given(values['given-name'], 'Given name'),
    email: values.email,
    // Whoever comes first imports the school and prints everybody's letters.
    duties: values.door === 'staff' ? (values.duty ?? ['direction', 'office']) : [],
    oversees: values.door === 'authority' ? (values.oversees ?? [uai]).map((one) => one.toUpperCase()) : [],
  }).data;
  terminal.close();
  if (!person) {
    throw new Refusal(
      'Say who: -- --stage NAME --door staff|teacher|authority --school UAI --family-name X --given-name Y [--duty school-life|direction|office]',
    );
  }
  const ask = askContext(stage);
  try {
    if (values.open !== undefined) await ask(openSchool, { uai: person.uai, name: values.open });
    const { personId } = await ask(invite, person);
    const [code] = await ask(issueCode, { uai: person.uai, personIds: [personId] });
    if (!code) throw new Refusal('This person has an account already: « Mot de passe oublié » on the sign-in page opens it again.');
    const until = new Date(code.expiresAt).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Paris' });
    console.log(
      table([
        ['Page', '/activation'],
        ['Login', code.login],
        ['Code', code.code],
        ['Until', until],
      ]),
    );
    console.log('  Hand it over in person or by two ways: it opens the account once.');
  } catch (error) {
    if (error instanceof Failure && error.code === 'request.not-found') {
      throw new Refusal(`There is no school ${person.uai} here: add --open "its name".`);
    }
    throw error;
  }
});
