import type { LendLaterPorts } from './manifest.ts';

export const lendLater = async (_message: unknown, { mail }: LendLaterPorts): Promise<void> => {
  await mail.rate();
};
