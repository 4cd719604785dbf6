/** The classes go with the address: whoever opens it need not look for them. */
export const hrefOf = (
  home: string,
  { uai, date, lessonId, groupIds }: { uai: string; date: string; lessonId: string; groupIds?: readonly string[] | undefined },
): string => `${home}/appel/${uai}/${date}/${lessonId}${groupIds?.length ? `?groupes=${groupIds.join(',')}` : ''}`;
