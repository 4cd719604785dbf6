import { describe, expect, it } from 'vitest';
import manifest from '../../../functions/attendance/manifest.ts';
import { openAnswer } from '../../../functions/attendance/open-answer.ts';
import { readBoard } from '../../../functions/attendance/read-board.ts';
import { readLessonSheet } from '../../../functions/attendance/read-lesson-sheet.ts';
import { readPupilAttendance } from '../../../functions/attendance/read-pupil-attendance.ts';
import { receiveProof } from '../../../functions/attendance/receive-proof.ts';
import { saveRollCall } from '../../../functions/attendance/save-roll-call.ts';
import { sendAnswer } from '../../../functions/attendance/send-answer.ts';
import type { HttpEvent } from '../../../functions/runtime/http.ts';
import { serve } from '../../../functions/runtime/serve.ts';
import type { Caller } from '../../../shared/kernel/index.ts';
import { invoked, readLine } from '../runtime/invoked.ts';
import { aLink, textOf } from './a-link.ts';
import { brun, callerAt, FERRAND, ferrand, LEA, MATHS, mum, NOA, OTHER_UAI, TODAY, UAI } from './a-school.ts';

const {
  openAnswer: open,
  sendAnswer: send,
  receiveProof: receive,
  saveRollCall: save,
  lessonSheet,
  board,
  pupilAttendance,
} = manifest.api.routes;
const entry = {
  ...manifest.api,
  routes: { openAnswer: open, sendAnswer: send, receiveProof: receive, saveRollCall: save, lessonSheet, board, pupilAttendance },
};

const served = async () => {
  const link = await aLink();
  const { line, text } = readLine();
  let who: Caller | undefined;
  const handler = serve(
    entry,
    {
      openAnswer,
      sendAnswer,
      receiveProof,
      saveRollCall,
      lessonSheet: readLessonSheet,
      board: readBoard,
      pupilAttendance: readPupilAttendance,
    },
    { card: async () => who?.card, ports: link.ports, line },
  );
  const call = (method: string, path: string, caller?: Caller, over: Partial<HttpEvent> = {}) => {
    who = caller;
    const claims = caller && { username: caller.personId, iat: '1789459200', token_use: 'access' };
    return handler(
      {
        rawPath: `/api/${caller?.door ?? 'public'}/attendance${path}`,
        headers: {},
        requestContext: { http: { method, sourceIp: '10.0.0.1' }, ...(claims && { authorizer: { jwt: { claims } } }) },
        ...over,
      },
      invoked(),
    );
  };
  return { ...link, call, text };
};
const form = (body: string) => ({ headers: { 'content-type': 'application/x-www-form-urlencoded' }, body });
const json = (body: unknown, key: string) => ({
  headers: { 'content-type': 'application/json', 'idempotency-key': key },
  body: JSON.stringify(body),
});
const lesson = `/schools/${UAI}/days/${TODAY}/lessons/${MATHS}`;

describe('attendance over HTTP', () => {
  it('opens and takes an answer from a page without script', async () => {
    const { call, token, day } = await served();
    const page = await call('GET', `/answers/${token}`);
    expect(page).toMatchObject({ statusCode: 200, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' } });
    expect(page.headers['content-security-policy']).toContain("style-src 'sha256-");
    const sent = await call('POST', `/answers/${token}`, undefined, form('reason=illness'));
    expect(textOf(sent.body)).toContain('Motif transmis');
    const back = `/answers/${token}/proofs/${day()?.answers[0]?.answerId}`;
    const redirected = { rawQueryString: 'bucket=proofs&key=0750001A%2Fx&etag=%22abc%22' };
    expect(textOf((await call('GET', back, undefined, redirected)).body)).toContain('Le justificatif n’est pas arrivé');
  });

  it.each(['reason=none', 'reason=illness&guardianId=p_other0001', '', 'reason=illness&reason=family'])(
    'refuses the answer %j without repeating it or writing anything',
    async (body) => {
      const { call, token, store } = await served();
      const { statusCode, body: said = '' } = await call('POST', `/answers/${token}`, undefined, form(body));
      expect(statusCode).toBe(400);
      expect(said).not.toContain('p_other0001');
      expect(store.changes()).toEqual([]);
    },
  );

  it('says the same again, byte for byte, to a telephone that was not sure', async () => {
    const { call } = await served();
    const body = { state: 'done', basedOn: 1, marks: [{ pupilId: NOA, state: 'absent' }] };
    const first = await call('PUT', `${lesson}/roll-call`, ferrand, json(body, 'attempt-000000000001'));
    expect(first.statusCode).toBe(200);
    expect((await call('PUT', `${lesson}/roll-call`, ferrand, json(body, 'attempt-000000000001'))).body).toBe(first.body);
    const other = await call('PUT', `${lesson}/roll-call`, ferrand, json({ ...body, marks: [] }, 'attempt-000000000001'));
    expect([other.statusCode, JSON.parse(other.body ?? '').code]).toEqual([409, 'request.idempotency-key-reused']);
  });

  it.each([
    ['a mark twice', { marks: [LEA, LEA].map((pupilId) => ({ pupilId, state: 'absent' })) }],
    ['a state that is none', { marks: [{ pupilId: LEA, state: 'ill' }] }],
    ['a field of its own', { marks: [], uai: OTHER_UAI }],
    ['a mark with a field of its own', { marks: [{ pupilId: LEA, state: 'absent', reason: 'flu' }] }],
    [
      'a hundred marks',
      { marks: Array.from({ length: 100 }, (_, n) => ({ pupilId: `p_${String(n).padStart(8, '0')}`, state: 'absent' })) },
    ],
    ['minutes below one', { marks: [{ pupilId: LEA, state: 'late', minutes: 0 }] }],
  ])('refuses a roll call with %s', async (_, wrong) => {
    const { call, store } = await served();
    const { statusCode } = await call(
      'PUT',
      `${lesson}/roll-call`,
      ferrand,
      json({ state: 'done', basedOn: 1, ...wrong }, 'attempt-000000000002'),
    );
    expect(statusCode).toBe(400);
    expect(store.changes()).toEqual([]);
  });

  it('shows nothing to a stranger, and answers each of its own', async () => {
    const { call, store } = await served();
    const stranger = callerAt('teacher', FERRAND, { uai: OTHER_UAI });
    const refused = [
      await call('GET', lesson, stranger),
      await call('GET', `/schools/${UAI}/days/${TODAY}/board`, callerAt('staff', 'p_office01', { duties: ['office'] })),
      await call('GET', `/schools/${UAI}/pupils/${NOA}`, mum),
      await call('GET', `/schools/${UAI}/pupils/${LEA}`, callerAt('pupil', NOA)),
    ];
    expect(refused.map(({ statusCode }) => statusCode)).toEqual([404, 403, 404, 404]);
    expect(refused.map(({ body }) => body).join('')).not.toContain('Léa');
    const shown = [
      await call('GET', lesson, ferrand),
      await call('GET', `/schools/${UAI}/days/${TODAY}/board`, brun),
      await call('GET', `/schools/${UAI}/pupils/${LEA}`, mum),
      await call('GET', `/schools/${UAI}/pupils/${LEA}`, callerAt('pupil', LEA)),
    ];
    expect(shown.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200]);
    expect(store.changes()).toEqual([]);
  });

  it('logs no name, reason or token', async () => {
    const { call, token, text } = await served();
    await call('POST', `/answers/${token}`, undefined, form('reason=illness'));
    await call('GET', lesson, ferrand);
    for (const secret of ['Léa', 'Éluard', 'illness', token, token.slice(0, 40)]) expect(text()).not.toContain(secret);
  });
});
