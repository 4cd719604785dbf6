import type { episodeChanged } from '../../shared/attendance/events.ts';
import { episode } from '../../shared/attendance/questions.ts';
import type { Occurrence } from '../../shared/kernel/index.ts';
import { consume } from '../runtime/consume.ts';
import { follow, visit } from './ledger.ts';
import manifest, { type EpisodeChangedPorts } from './manifest.ts';

/** Reads the episode again, since events come late, twice and in any order, and puts down who has to be told what. */
export async function onEpisodeChanged(
  { payload: { uai, date, pupilId, episodeId } }: Occurrence<typeof episodeChanged>,
  ports: EpisodeChangedPorts,
): Promise<void> {
  const visited = await visit(uai, ports);
  if (!visited) return;
  const reread = () => ports.ask(episode, { uai, date, pupilId, episodeId });
  const found = await reread();
  if (found) await follow(found, visited, reread, ports);
}

export const handler = consume(manifest.consumers['on-episode-changed'], onEpisodeChanged);
