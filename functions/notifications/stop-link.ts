import { STOP_LINK, StopLink } from '../../shared/notifications/digest-routes.ts';
import { openLink } from '../runtime/signed-link.ts';
import type { ApiPorts } from './manifest.ts';

/** Whom a link of ours is for; an old one still stops what it was sent with. */
export const openedStop = async (token: string, { linksSecret, clock }: ApiPorts): Promise<StopLink | undefined> => {
  const link = await openLink(linksSecret, STOP_LINK, StopLink, token, clock.system());
  return link.state === 'unknown' ? undefined : link.claims;
};
