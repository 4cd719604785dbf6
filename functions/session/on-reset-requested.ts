import { people, school } from '../../shared/directory/questions.ts';
import { Failure, instant, type Occurrence } from '../../shared/kernel/index.ts';
import { CODE_ALPHABET, CODE_LENGTH } from '../../shared/session/credential.ts';
import type { resetRequested } from '../../shared/session/events.ts';
import type { ResetRequestedPorts } from './manifest.ts';
import { resetMail } from './reset-mail.ts';
import { keyedHash } from './seal.ts';

/** Minutes a mailed code is good. */
const CODE_MINUTES = 30;

/**
 * Mails a code if the login is an account of that door with an address; else nothing happens, and nobody can tell. A mail that SES would
 * not take fails the invocation: it is tried again with a new code, and the one that never left is good for nothing.
 */
export async function onResetRequested(
  { payload: { login, revision } }: Occurrence<typeof resetRequested>,
  ports: ResetRequestedPorts,
): Promise<void> {
  const { session, ask, mail, codesSecret, ids, clock, site, log } = ports;
  const [name, reset] = await Promise.all([session.get('login', { login }), session.get('reset', { login })]);
  if (!reset || reset.revision !== revision || reset.mailed) return;
  if (!name?.accountId || name.door !== reset.door) return;
  const [[person], at] = await Promise.all([ask(people, { uai: name.uai, personIds: [name.personId] }), ask(school, { uai: name.uai })]);
  if (!person?.email || person.departedOn !== undefined) {
    log.info('session.reset-without-address', { personId: name.personId });
    return;
  }
  const [key] = await codesSecret.keys();
  if (!key) throw new RangeError('no key to hash a code with');
  const code = ids.secret(CODE_ALPHABET, CODE_LENGTH);
  const codeHash = keyedHash(['reset', login, code], key);
  const codeExpiresAt = instant(new Date(clock.system().getTime() + CODE_MINUTES * 60_000));
  await session.write({ update: 'reset', key: { login }, set: { codeHash, codeExpiresAt }, when: { is: { revision } } });
  await mail.send({
    ...resetMail({
      code,
      minutes: CODE_MINUTES,
      school: at?.name ?? '',
      link: `${site.url}/mot-de-passe/${name.door}`,
      language: person.language,
    }),
    to: person.email,
    fromName: at?.name ?? 'Préau',
    tag: ids.natural('r', login, revision),
  });
  try {
    await session.write({ update: 'reset', key: { login }, set: { mailed: true }, when: { is: { codeHash } } });
  } catch (error) {
    // Used already, or asked for anew: either way it was read.
    if (!(error instanceof Failure && error.kind === 'conflict')) throw error;
  }
}
