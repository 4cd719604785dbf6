declare module '@socialgouv/jours-feries' {
  /** Public holidays of a calendar year as local midnights, by French name. */
  export default function joursFeries(year: number, options?: { alsace: boolean }): Record<string, Date>;
}
