import { saveRollCall } from '../../../functions/attendance/save-roll-call.ts';
import { signLink } from '../../../functions/runtime/signed-link.ts';
import { ANSWER_LINK } from '../../../shared/attendance/answer.ts';
import { aSchool, ferrand, LEA, MATHS, MUM, request, TODAY, UAI } from './a-school.ts';

/** Léa was missed at nine, and her mother has a link that is good for a day. */
export const aLink = async ({ guardianId = MUM, hours = 24 } = {}) => {
  const world = aSchool(`${TODAY}T09:05`);
  const params = { uai: UAI, date: TODAY, lessonId: MATHS };
  const marks = [{ pupilId: LEA, state: 'absent' as const }];
  await saveRollCall(
    { params, caller: ferrand, ...request({ state: 'done' as const, basedOn: 0, marks, added: [], removed: [] }) },
    world.ports,
  );
  world.clock.set(`${TODAY}T09:30`);
  const episodeId = world.store.items('pupilDay')[0]?.episodes[0]?.episodeId ?? '';
  const expires = new Date(world.clock.system().getTime() + hours * 3_600_000);
  const claims = { uai: UAI, date: TODAY, pupilId: LEA, episodeId, guardianId };
  const token = await signLink(world.linksSecret, ANSWER_LINK, claims, expires);
  world.store.forget();
  return { ...world, token, episodeId, claims, expires, day: () => world.store.items('pupilDay')[0] };
};

/** The text of a page, without its style. */
export const textOf = (page: unknown): string =>
  String(page)
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/[ \n]+/g, ' ');
