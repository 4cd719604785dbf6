/** How people copy eight characters from paper: spaces, dashes and capitals don't count. */
export const tidyCode = (typed: string): string => typed.replace(/[\s-]/g, '').toLowerCase();

/** `JBSW Y3DP …`: what is typed by hand is read by fours. */
export const inFours = (text: string): string => text.replace(/\s/g, '').replace(/(.{4})(?=.)/g, '$1 ');
