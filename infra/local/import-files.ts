import type * as z from 'zod';
import type { ChangeKind, ImportAnomaly, ImportChange, ImportQuestion, ShownImport } from '../../shared/directory/import.ts';
import {
  confirmFiles,
  importAnomalies,
  importChanges,
  importState,
  inspectFiles,
  importFiles as openImport,
  openSchool,
} from '../../shared/directory/questions.ts';
import type { AskContext } from './ask-context.ts';

export interface FilesToImport {
  readonly ask: AskContext;
  readonly uai: string;
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** Opens the school first, or brings its name and place up to date. */
  readonly open?: Omit<z.input<typeof openSchool.input>, 'uai'>;
  /** Applies what the dry run shows; otherwise nothing is changed. */
  readonly apply?: boolean;
  /** Questions answered yes beforehand. */
  readonly accepts?: readonly ImportQuestion[];
  readonly onProgress?: (job: ShownImport) => void;
  /** Called between the dry run and the confirmation. */
  readonly onInspected?: (job: ShownImport) => Promise<void>;
}

const POLL = 250;
const pause = () => new Promise((resolve) => setTimeout(resolve, POLL));

async function upload(url: string, fields: Readonly<Record<string, string>>, name: string, body: Uint8Array): Promise<void> {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  form.append('file', new Blob([new Uint8Array(body)]), name);
  const answer = await fetch(url, { method: 'POST', body: form });
  if (!answer.ok) throw new Error(`${name} could not be uploaded: ${answer.status} ${(await answer.text()).slice(0, 200)}`);
}

/** Follows a job until it rests. One that has stood still for a minute is resumed, as « Reprendre » does. */
async function follow(job: ShownImport, { ask, uai, onProgress }: FilesToImport, resume: () => Promise<ShownImport>): Promise<ShownImport> {
  let now = job;
  while (now.state === 'inspecting' || now.state === 'applying') {
    onProgress?.(now);
    await pause();
    now = await ask(importState, { uai, importId: job.importId });
    if (now.stalled) now = await resume();
  }
  onProgress?.(now);
  return now;
}

/** The whole of an import, as the office's page does it: upload, dry run, confirmation. Files that change nothing are left at that. */
export async function importFiles(options: FilesToImport): Promise<ShownImport> {
  const { ask, uai, files, open, apply = false, accepts = [], onInspected } = options;
  if (open) await ask(openSchool, { uai, ...open });
  const entries = Object.entries(files);
  const { importId, uploads } = await ask(openImport, { uai, files: entries.map(([name, body]) => ({ name, size: body.length })) });
  await Promise.all(
    uploads.map(({ url, fields }, number) => {
      const [name, body] = entries[number] as [string, Uint8Array];
      return upload(url, fields, name, body);
    }),
  );
  const inspectAgain = () => ask(inspectFiles, { uai, importId });
  const inspected = await follow(await inspectAgain(), options, inspectAgain);
  await onInspected?.(inspected);
  if (!apply || inspected.state !== 'inspected') return inspected;
  const confirm = () => ask(confirmFiles, { uai, importId, accepts: [...accepts] });
  return follow(await confirm(), options, confirm);
}

/** The first differences of a kind; all of them are on the page. */
export const firstChanges = async (ask: AskContext, uai: string, importId: string, kind: ChangeKind): Promise<ImportChange[]> =>
  (await ask(importChanges, { uai, importId, kind })).changes;

export async function allAnomalies(ask: AskContext, uai: string, importId: string, language: 'fr' | 'en'): Promise<ImportAnomaly[]> {
  const anomalies: ImportAnomaly[] = [];
  for (let page: number | undefined = 0; page !== undefined; ) {
    const read: { anomalies: ImportAnomaly[]; next?: number | undefined } = await ask(importAnomalies, { uai, importId, language, page });
    anomalies.push(...read.anomalies);
    page = read.next;
  }
  return anomalies;
}
