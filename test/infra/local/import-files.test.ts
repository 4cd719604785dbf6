import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerImportState } from '../../../functions/directory/answer-import-state.ts';
import { confirmFiles } from '../../../functions/directory/confirm-files.ts';
import { importFiles as openImport } from '../../../functions/directory/import-files.ts';
import { inspectFiles } from '../../../functions/directory/inspect-files.ts';
import { openSchool } from '../../../functions/directory/open-school.ts';
import type { AskContext } from '../../../infra/local/ask-context.ts';
import { importFiles } from '../../../infra/local/import-files.ts';
import type { Question } from '../../../shared/kernel/index.ts';
import { directoryDouble, UAI } from '../../functions/directory/imports/job-double.ts';
import { eleves, GUARDIANS, PUPILS, responsables } from '../../functions/directory/scene.ts';

/** A bucket that takes form posts, as S3 does. */
let school = directoryDouble();
const bucket = createServer(async (request, response) => {
  const url = `http://127.0.0.1${request.url}`;
  const form = await new Request(url, {
    method: 'POST',
    headers: request.headers as Record<string, string>,
    body: request as never,
    duplex: 'half',
  } as never).formData();
  const file = form.get('file');
  if (file instanceof Blob)
    await school.importsFiles.write(String(form.get('key')), new Uint8Array(await file.arrayBuffer()), String(form.get('Content-Type')));
  response.writeHead(204).end();
});

beforeAll(() => new Promise<void>((resolve) => bucket.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise<void>((resolve) => void bucket.close(() => resolve())));

const ask = (): AskContext => {
  const acts: Record<string, (input: never, ports: never) => unknown> = {
    'directory.open-school': openSchool,
    'directory.import-files': openImport,
    'directory.inspect-files': inspectFiles,
    'directory.import-state': answerImportState,
    'directory.confirm-files': confirmFiles,
  };
  const { port } = bucket.address() as AddressInfo;
  const ports = {
    ...school.ports,
    importsFiles: {
      ...school.importsFiles,
      upload: async (key: string, limits: never) => ({
        ...(await school.importsFiles.upload(key, limits)),
        url: `http://127.0.0.1:${port}/`,
      }),
    },
  };
  return (async (question: Question, input: unknown) => {
    const answer = await acts[question.name]?.(question.input.parse(input) as never, ports as never);
    await school.settle();
    return question.answer.parse(answer);
  }) as AskContext;
};
const bytes = (text: string) => new TextEncoder().encode(text);
const files = { 'eleves.xml': bytes(eleves(PUPILS)), 'responsables.xml': bytes(responsables(GUARDIANS)) };

describe('the operator’s import', () => {
  it('opens the school, uploads, shows the dry run and applies it', async () => {
    school = directoryDouble();
    const shown: string[] = [];
    const dry = await importFiles({ ask: ask(), uai: UAI, open: { name: 'Collège d’essai' }, files });
    expect(dry).toMatchObject({ state: 'inspected', counts: { arrivals: 7 } });
    expect(school.directory.items('person')).toEqual([]);
    const job = await importFiles({ ask: ask(), uai: UAI, files, apply: true, onInspected: async ({ state }) => void shown.push(state) });
    expect(job.state).toBe('done');
    expect(shown).toEqual(['inspected']);
    expect(school.directory.items('person')).toHaveLength(7);
    expect(await importFiles({ ask: ask(), uai: UAI, files, apply: true })).toMatchObject({ state: 'unchanged' });
  });

  it('applies nothing that asks a question, unless it was answered beforehand', async () => {
    school = directoryDouble();
    await school.open();
    await importFiles({ ask: ask(), uai: UAI, files, apply: true });
    const few = { 'eleves.xml': bytes(eleves(PUPILS.slice(0, 2))) };
    await expect(importFiles({ ask: ask(), uai: UAI, files: few, apply: true })).rejects.toMatchObject({ code: 'directory.import-asks' });
    expect(await importFiles({ ask: ask(), uai: UAI, files: few, apply: true, accepts: ['many-departures'] })).toMatchObject({
      state: 'done',
    });
  });
});
