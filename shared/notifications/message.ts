import * as z from 'zod';
import { DeliveryId, LocalDate, Uai } from '../kernel/index.ts';

/** A message of the urgent queue: look at this row. It says nothing of what to send or to whom, so a late or second one does no harm. */
export const DeliveryDue = z.object({ type: z.literal('delivery-due'), uai: Uai, date: LocalDate, deliveryId: DeliveryId });
export type DeliveryDue = z.infer<typeof DeliveryDue>;

export const due = ({ uai, date, deliveryId }: Omit<DeliveryDue, 'type'>): DeliveryDue => ({ type: 'delivery-due', uai, date, deliveryId });

/** Most a queue holds a message back; a longer wait is asked for again on receipt. */
const LONGEST_DELAY = 900;

/** Seconds until an instant, as the queue takes them. */
export const delayUntil = (at: string | number, now: Date): number =>
  Math.min(LONGEST_DELAY, Math.max(0, Math.ceil(((typeof at === 'number' ? at : Date.parse(at)) - now.getTime()) / 1000)));
