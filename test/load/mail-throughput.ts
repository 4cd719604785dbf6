/**
 * Mails a second and core through the worker that sends them: claim, reading again, words, MIME, record, over tables in memory and a mail port that takes
 * everything, against a loop that only writes the same mails and keeps no promise: `node test/load/mail-throughput.ts [--mails 4000] [--check]`.
 */
import { parseArgs } from 'node:util';
import { ids } from '../../functions/runtime/ids.ts';
import type { Episode } from '../../shared/attendance/episode.ts';
import { episode as episodeQuestion, episodesOfDay } from '../../shared/attendance/questions.ts';
import type { RosterPupil } from '../../shared/directory/person.ts';
import { type GuardianToTell, guardiansToTell, school as schoolQuestion } from '../../shared/directory/questions.ts';
import { School } from '../../shared/directory/school.ts';
import type { Ask, MailMessage, Question } from '../../shared/kernel/index.ts';
import { DeliveryDue } from '../../shared/notifications/message.ts';
import { notifications } from '../../shared/notifications/table.ts';
import { basePorts, memoryPush, memoryQueue, memorySecret, memorySms, memoryStore } from '../doubles/index.ts';
import { median, table } from './figures.ts';

const TARGET = 1_500;
/** Families of one table: what a real query reads is its own episode, however many others there are. */
const FAMILIES = 12;
const BATCH = 10;
const ROUNDS = 5;

Object.assign(process.env, {
  PREAU_STAGE: 'load',
  PREAU_ACCOUNT: '000000000000',
  PREAU_CONTEXT: 'notifications',
  PREAU_ENTRY: 'send-mail',
  PREAU_SITE_URL: 'https://preau.example',
  AWS_REGION: 'eu-west-3',
});
// The modules make their real ports, which nobody calls here.
Object.assign(globalThis, { USES: {} });
const { default: manifest } = await import('../../functions/notifications/manifest.ts');
const { onEpisodeChanged } = await import('../../functions/notifications/on-episode-changed.ts');
const { sendMail, paceOf } = await import('../../functions/notifications/send-mail.ts');
const { mimeOf } = await import('../../functions/runtime/mail.ts');
const { work } = await import('../../functions/runtime/work.ts');

const UAI = '0352072V';
const DATE = '2026-09-15';
const SENDER = 'vie-scolaire@preau.example';

const school = School.parse({
  uai: UAI,
  name: 'Collège des Tilleuls',
  schoolLifeEmail: 'vie-scolaire@example.org',
  schoolLifePhone: '02 61 91 04 12',
});
const guardian = (family: number, parent: number): GuardianToTell => ({
  personId: `p_guardian${family}x${parent}`,
  familyName: 'LEMOINE',
  givenName: parent === 0 ? 'Claire' : 'Paul',
  civility: parent === 0 ? 'Mme' : 'M.',
  email: `parent${parent}.${family}@example.org`,
  phones: [],
  acceptsSms: false,
  language: 'fr',
  level: 1,
  contactFirst: false,
  householdId: `household${family}x${parent}`,
});
const pupilOf = (family: number): RosterPupil & { adult: boolean } => ({
  pupilId: `p_pupil${String(family).padStart(4, '0')}`,
  familyName: 'LEMOINE',
  givenName: 'Inès',
  sex: 'F',
  classLabel: '5e B',
  adult: false,
});
const episodeOf = (family: number): Episode => ({
  uai: UAI,
  date: DATE,
  pupilId: pupilOf(family).pupilId,
  episodeId: `e_episode${String(family).padStart(4, '0')}`,
  state: 'open',
  startMinute: 540,
  endMinute: 595,
  subject: 'MATHEMATIQUES',
  savedAt: '2026-09-15T07:07:00.000Z',
  dueAt: '2026-09-15T07:17:00.000Z',
  seenBefore: false,
  revision: 1,
});
const familyOf = (id: string): number => Number(/(\d+)$/.exec(id)?.[1]);

/** As answers come over the wire: checked again. */
const ask = (async (question: Question, input: { pupilIds?: string[]; guardianIds?: string[]; episodeId?: string }) => {
  const answers: Readonly<Record<string, () => unknown>> = {
    [schoolQuestion.name]: () => school,
    [episodeQuestion.name]: () => episodeOf(familyOf(input.episodeId ?? '')),
    [episodesOfDay.name]: () => Array.from({ length: FAMILIES }, (_, family) => episodeOf(family)),
    [guardiansToTell.name]: () =>
      (input.pupilIds ?? []).map(familyOf).map((family) => ({
        pupil: pupilOf(family),
        guardians: [guardian(family, 0), guardian(family, 1)].filter(({ personId }) => input.guardianIds?.includes(personId) ?? true),
      })),
  };
  return question.answer.parse(answers[question.name]?.());
}) as Ask;

const written: MailMessage[] = [];
const scene = async () => {
  const base = { ...basePorts(), ids };
  base.clock.set('2026-09-15T09:08');
  let sent = 0;
  const ports = {
    ...base,
    notifications: memoryStore(notifications),
    urgentQueue: memoryQueue(),
    linksSecret: memorySecret(),
    push: memoryPush(),
    sms: memorySms(),
    ask,
    mail: {
      async send(message: MailMessage) {
        if (written.length < FAMILIES * 2) written.push(message);
        const mime = mimeOf(message, SENDER);
        sent += 1;
        return { messageId: `${mime.length}-${sent}` };
      },
      rate: async () => 1_000_000,
    },
  };
  for (let family = 0; family < FAMILIES; family += 1) {
    const { uai, date, pupilId, episodeId, revision } = episodeOf(family);
    await onEpisodeChanged({ name: 'attendance.episode-changed', payload: { uai, date, pupilId, episodeId, revision } }, ports);
  }
  base.clock.set('2026-09-15T09:17');
  const messages = ports.urgentQueue.take();
  const handler = work(manifest.workers['send-mail'], sendMail, {
    message: DeliveryDue,
    pace: paceOf,
    ports,
    line: { ...base.log, begin: () => undefined, end: () => undefined },
  });
  return {
    messages: messages.length,
    async run() {
      for (let from = 0; from < messages.length; from += BATCH) {
        const Records = messages
          .slice(from, from + BATCH)
          .map((body, at) => ({ messageId: String(from + at), body: JSON.stringify(body) }));
        const { batchItemFailures } = await handler({ Records }, { awsRequestId: 'load', getRemainingTimeInMillis: () => 30_000 });
        if (batchItemFailures.length > 0) throw new Error('a message failed');
      }
      const accepted = ports.notifications.items('delivery').filter(({ state }) => state === 'accepted').length;
      if (accepted !== messages.length || sent !== messages.length)
        throw new Error(`${sent} sent and ${accepted} recorded of ${messages.length}`);
    },
  };
};

const cpuOf = async (act: () => Promise<void>): Promise<number> => {
  const from = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1e6;
};

const { values } = parseArgs({ options: { mails: { type: 'string', default: '4000' }, check: { type: 'boolean', default: false } } });
const each = Math.ceil(Number(values.mails) / ROUNDS);
const worker: number[] = [];
const loop: number[] = [];
for (let round = -1; round < ROUNDS; round += 1) {
  const scenes: Awaited<ReturnType<typeof scene>>[] = [];
  for (let mails = 0; mails < each; ) {
    const one = await scene();
    scenes.push(one);
    mails += one.messages;
  }
  const mails = scenes.reduce((sum, { messages }) => sum + messages, 0);
  const ours = await cpuOf(async () => {
    for (const one of scenes) await one.run();
  });
  const bare = await cpuOf(async () => {
    for (let mail = 0; mail < mails; mail += 1) mimeOf(written[mail % written.length] as MailMessage, SENDER);
  });
  // The first round warms the code up.
  if (round < 0) continue;
  worker.push(mails / ours);
  loop.push(mails / bare);
}
const ours = median(worker);
const rate = (n: number) => Math.round(n).toLocaleString('en');
console.log(
  table([
    ['', 'mails/s/core', 'CPU a mail'],
    ['the worker, ledger and all', rate(ours), `${Math.round(1e6 / ours)} µs`],
    ['a loop that writes the same mails', rate(median(loop)), `${Math.round(1e6 / median(loop))} µs`],
  ]),
);
const held = ours >= TARGET;
console.log(`target: at least ${rate(TARGET)} mails/s/core, median of ${ROUNDS} rounds: ${held ? 'held' : 'MISSED'}`);
if (values.check && !held) process.exitCode = 1;
