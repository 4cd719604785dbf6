import { daysBetween, type Ids, type LocalDate } from '../kernel/index.ts';
import type { Channel, DeliveryKind } from './delivery.ts';

interface OfEpisode {
  readonly uai: string;
  readonly date: LocalDate;
  readonly pupilId: string;
  readonly episodeId: string;
}

export interface OfRow extends OfEpisode {
  readonly kind: DeliveryKind;
  readonly guardianId: string;
  readonly channel: Channel;
}

/** What the ids of an episode's rows begin with: they lie side by side, and one consistent query reads them all. */
export const episodeKey = ({ uai, date, pupilId, episodeId }: OfEpisode, { natural }: Pick<Ids, 'natural'>): string =>
  natural('d', uai, date, pupilId, episodeId);

/** Natural: the same message to the same person is the same row, whoever plans it and how often. */
export const deliveryId = (row: OfRow, ids: Pick<Ids, 'natural'>): string =>
  `${episodeKey(row, ids)}-${ids.natural('d', row.kind, row.guardianId, row.channel).slice(2)}`;

export const episodeKeyOf = (id: string): string => id.slice(0, id.indexOf('-'));

export const callId = (
  { uai, date, pupilId, householdId }: Omit<OfEpisode, 'episodeId'> & { householdId: string },
  { natural }: Pick<Ids, 'natural'>,
): string => natural('call', uai, date, pupilId, householdId);

/** One address, whatever its capitals: rows that share it are settled by one mail. */
export const addressKey = (uai: string, email: string, { natural }: Pick<Ids, 'natural'>): string =>
  natural('to', uai, email.trim().normalize('NFC').toLowerCase());

const TAG = /^([0-9]{7}[A-Z])_(\d{4}-\d\d-\d\d)_(d_[0-9a-z]{8,30}-[0-9a-z]{8,40})$/;

/** What SES repeats in every event about a mail: letters, digits, `_` and `-` only. */
export const toTag = ({ uai, date, deliveryId: id }: { uai: string; date: LocalDate; deliveryId: string }): string =>
  `${uai}_${date}_${id}`;

export const fromTag = (tag: string): { uai: string; date: LocalDate; deliveryId: string } | undefined => {
  const [, uai, date, id] = TAG.exec(tag) ?? [];
  return uai && date && id ? { uai, date, deliveryId: id } : undefined;
};

/**
 * When a day's rows may go, in epoch seconds: at the end of its school year, 31 August. August belongs to the year that begins: Réunion and
 * Mayotte are at school from the middle of it, and a row gone while its episode is still compared would be a second mail. Counted from the real time,
 * because the civil clock of a local system may stand years away and DynamoDB drops what has expired.
 */
export const expiry = (date: LocalDate, system: Date): number => {
  const year = Number(date.slice(0, 4)) + (date.slice(5) > '07-31' ? 1 : 0);
  return Math.floor(system.getTime() / 1000) + (daysBetween(date, `${year}-08-31`) + 1) * 86_400;
};
