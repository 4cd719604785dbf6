import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { activate, checkCode } from '../../../functions/session/activate.ts';
import { answerIssueCode } from '../../../functions/session/answer-issue-code.ts';
import { answerTotp } from '../../../functions/session/answer-totp.ts';
import { attachCode } from '../../../functions/session/attach-code.ts';
import { beginTotp } from '../../../functions/session/begin-totp.ts';
import { changePassword } from '../../../functions/session/change-password.ts';
import { confirmEnrolment } from '../../../functions/session/confirm-enrolment.ts';
import { confirmTotp } from '../../../functions/session/confirm-totp.ts';
import type { ApiPorts, ResetRequestedPorts } from '../../../functions/session/manifest.ts';
import { onResetRequested } from '../../../functions/session/on-reset-requested.ts';
import { refresh } from '../../../functions/session/refresh.ts';
import { requestReset } from '../../../functions/session/request-reset.ts';
import { resetPassword } from '../../../functions/session/reset-password.ts';
import { signIn } from '../../../functions/session/sign-in.ts';
import { signOut } from '../../../functions/session/sign-out.ts';
import { signOutEverywhere } from '../../../functions/session/sign-out-everywhere.ts';
import { Person } from '../../../shared/directory/person.ts';
import { people, recordActivation, revokeTokens, school } from '../../../shared/directory/questions.ts';
import { School } from '../../../shared/directory/school.ts';
import { AccessCard, type Caller, type Door, Failure, type Reply } from '../../../shared/kernel/index.ts';
import { eventsOf } from '../../../shared/session/events-of.ts';
import { session } from '../../../shared/session/table.ts';
import { answered, askDouble, basePorts, memoryAccounts, memoryFiles, memoryMail, memorySecret, memoryStore } from '../../doubles/index.ts';

const uai = '0750001A';
const PASSWORD = 'quatre mots au hasard';

const person = (personId: string, door: Door, givenName: string, familyName: string, email?: string) =>
  Person.parse({ uai, personId, door, givenName, familyName, sortKey: familyName.toLowerCase(), ...(email && { email }) });

const everybody = [
  person('p_guard0001', 'guardian', 'Claire', 'LEMOINE', 'claire@famille.example'),
  person('p_guard0002', 'guardian', 'Claire', 'LEMOINE'),
  person('p_teacher01', 'teacher', 'Loïc', "D'ŒUVRE"),
  person('p_staff0001', 'staff', 'Sonia', 'RAMI'),
];

function doors({ trustedDeviceDays = 30 } = {}) {
  const base = basePorts();
  const shows = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: base.clock.system().getTime() });
  const accounts = memoryAccounts({ shows });
  const store = memoryStore(session);
  const ask = askDouble(
    answered(people, ({ personIds }) => everybody.filter(({ personId }) => personIds.includes(personId))),
    answered(school, () => School.parse({ uai, name: 'Collège Les Tilleuls', settings: { trustedDeviceDays } })),
    answered(recordActivation, () => ({ door: 'guardian' as const })),
    answered(revokeTokens, () => ({ done: true as const })),
  );
  const mail = memoryMail();
  const ports = {
    ...base,
    session: store,
    accounts,
    ask,
    mail,
    codesSecret: memorySecret('codes'),
    devicesSecret: memorySecret('devices'),
    lettersFiles: memoryFiles(),
  } satisfies ApiPorts & ResetRequestedPorts;
  const request = { query: {}, idempotencyKey: '', address: '192.0.2.1', cookies: {} as Record<string, string>, caller: undefined };
  const letter = async (personId: string) => {
    const [issued] = await answerIssueCode({ uai, personIds: [personId] }, ports);
    if (!issued) throw new Error('nobody to write to');
    return issued;
  };
  return {
    ports,
    store,
    accounts,
    mail,
    shows,
    request,
    letter,
    async activated(personId: string) {
      const issued = await letter(personId);
      const reply = await activate({ ...request, params: {}, body: { login: issued.login, code: issued.code, password: PASSWORD } }, ports);
      return { ...issued, reply, step: stepOf(reply) };
    },
    signIn: (door: Door, login: string, password: string, cookies: Record<string, string> = {}, address = '192.0.2.1') =>
      signIn({ ...request, cookies, address, params: { door }, body: { login, password } }, ports),
  };
}

const stepOf = (reply: Reply<unknown>) =>
  reply.body as { step: string; challenge: string; secret: string; uri: string; accessToken: string; recoveryCodes?: string[] };
const cookiesOf = (reply: Reply<unknown>): Record<string, string> =>
  Object.fromEntries(reply.cookies.map((line) => line.split(';')[0]?.split('=') as [string, string]));
const refusal = async (act: Promise<unknown>) => {
  const error = await act.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (!(error instanceof Failure)) throw new Error('it was not refused');
  return { kind: error.kind, code: error.code, details: error.details };
};
const caller = (door: Door, personId: string): Caller => ({
  personId,
  door,
  issuedAt: '2026-09-15T06:00:00.000Z',
  card: AccessCard.parse({ personId, door }),
});

describe('activation', () => {
  it('makes the account only when a letter’s code is used, and signs in', async () => {
    const { letter, accounts, ports, request } = doors();
    const { login, code } = await letter('p_guard0001');
    expect(login).toBe('claire.lemoine');
    expect(accounts.has('guardian', 'p_guard0001')).toBe(false);
    expect(await checkCode({ ...request, params: {}, body: { login, code } }, ports)).toEqual({
      door: 'guardian',
      givenName: 'Claire',
      school: 'Collège Les Tilleuls',
    });
    const reply = await activate({ ...request, params: {}, body: { login, code, password: PASSWORD } }, ports);
    expect(stepOf(reply).step).toBe('signed-in');
    expect(reply.cookies[0]).toMatch(
      /^__Secure-preau-guardian=p_guard0001\..+; Path=\/api\/public\/session\/guardian; Max-Age=\d+; HttpOnly; Secure; SameSite=Strict$/,
    );
  });

  it('gives homonyms logins of their own, without accents or apostrophes', async () => {
    const { letter } = doors();
    expect((await letter('p_guard0001')).login).toBe('claire.lemoine');
    expect((await letter('p_guard0002')).login).toBe('claire.lemoine2');
    expect((await letter('p_teacher01')).login).toBe('loic.doeuvre');
  });

  it('refuses a used, an expired, a replaced and a foreign code alike', async () => {
    const { letter, ports, request } = doors();
    const use = (login: string, code: string) =>
      refusal(activate({ ...request, params: {}, body: { login, code, password: PASSWORD } }, ports));
    const first = await letter('p_guard0001');
    const second = await letter('p_guard0001');
    const replaced = await use(first.login, first.code);
    const other = await letter('p_teacher01');
    expect(await use(second.login, other.code)).toEqual(replaced);
    expect(await use('personne.inconnue', second.code)).toEqual(replaced);
    await activate({ ...request, params: {}, body: { login: second.login, code: second.code, password: PASSWORD } }, ports);
    expect(await use(second.login, second.code)).toEqual(replaced);
    ports.clock.moveSystem(61 * 86_400_000);
    expect(await use(other.login, other.code)).toEqual(replaced);
    expect(replaced).toEqual({ kind: 'unauthenticated', code: 'session.refused', details: undefined });
  });

  it('can be repeated with the same code when the reply before the last step was lost', async () => {
    const { letter, ports, request, accounts } = doors();
    const { login, code } = await letter('p_guard0001');
    const write = ports.session.write.bind(ports.session);
    let fails = true;
    ports.session.write = async (...writes) => {
      if (fails && writes.some((one) => 'update' in one && one.update === 'credential')) {
        fails = false;
        throw new Error('lost');
      }
      return write(...writes);
    };
    const act = () => activate({ ...request, params: {}, body: { login, code, password: PASSWORD } }, ports);
    await expect(act()).rejects.toThrow('lost');
    expect(accounts.has('guardian', 'p_guard0001')).toBe(true);
    expect(stepOf(await act()).step).toBe('signed-in');
  });

  it('keeps codes out of the table', async () => {
    const { letter, store } = doors();
    const { code } = await letter('p_guard0001');
    expect(JSON.stringify(store.items())).not.toContain(code);
  });
});

describe('signing in', () => {
  it('answers a wrong password, an unknown login, another door and an unopened account with the same words', async () => {
    const { activated, letter, signIn } = doors();
    const { login } = await activated('p_guard0001');
    const { login: unopened } = await letter('p_guard0002');
    const wrong = await refusal(signIn('guardian', login, 'pas le bon'));
    expect(await refusal(signIn('guardian', 'personne.inconnue', PASSWORD))).toEqual(wrong);
    expect(await refusal(signIn('teacher', login, PASSWORD))).toEqual(wrong);
    expect(await refusal(signIn('guardian', unopened, PASSWORD))).toEqual(wrong);
    expect(stepOf(await signIn('guardian', login, PASSWORD)).step).toBe('signed-in');
  });

  it('asks Cognito as often for a known login as for an unknown one', async () => {
    const { activated, signIn, accounts } = doors();
    const { login } = await activated('p_guard0001');
    let calls = 0;
    const before = accounts.signIn.bind(accounts);
    accounts.signIn = (...args) => {
      calls++;
      return before(...args);
    };
    await refusal(signIn('guardian', login, 'pas le bon'));
    await refusal(signIn('guardian', 'personne.inconnue', 'pas le bon'));
    expect(calls).toBe(2);
  });

  it('stops after ten failures of a login, even made at once, and lets it in again ten minutes later', async () => {
    const { activated, signIn, ports } = doors();
    const { login } = await activated('p_guard0001');
    const outcomes = await Promise.all(Array.from({ length: 30 }, () => refusal(signIn('guardian', login, 'pas le bon'))));
    expect(outcomes.filter(({ code }) => code === 'session.refused').length).toBeLessThanOrEqual(10);
    expect((await refusal(signIn('guardian', login, PASSWORD))).code).toBe('session.too-many-attempts');
    ports.clock.moveSystem(10 * 60_000);
    expect(stepOf(await signIn('guardian', login, PASSWORD)).step).toBe('signed-in');
  });

  it('counts only failures of an address: a whole school signs in behind one', async () => {
    const { activated, signIn, store } = doors();
    const { login } = await activated('p_guard0001');
    for (let n = 0; n < 30; n++) await signIn('guardian', login, PASSWORD);
    for (const { count } of store.items('attempts')) expect(count).toBe(0);
    for (let n = 0; n < 300; n++) await refusal(signIn('guardian', `inconnu.${n}`, 'x'));
    expect((await refusal(signIn('guardian', login, PASSWORD))).code).toBe('session.too-many-attempts');
    expect(stepOf(await signIn('guardian', login, PASSWORD, {}, '198.51.100.7')).step).toBe('signed-in');
  });

  it('refreshes by cookie, until that browser signs out', async () => {
    const { activated, ports, request } = doors();
    const { reply } = await activated('p_guard0001');
    const cookies = cookiesOf(reply);
    const again = () => refresh({ ...request, cookies, params: { door: 'guardian' }, body: undefined }, ports);
    expect(stepOf(await again()).step).toBe('signed-in');
    const out = await signOut({ ...request, cookies, params: { door: 'guardian' }, body: undefined }, ports);
    expect(out.cookies[0]).toContain('Max-Age=0');
    expect((await refusal(again())).code).toBe('session.ended');
    expect((await refusal(refresh({ ...request, params: { door: 'guardian' }, body: undefined }, ports))).code).toBe('session.ended');
  });
});

describe('the second step of staff', () => {
  const enrolled = async (settings?: Parameters<typeof doors>[0]) => {
    const house = doors(settings);
    const { login, step } = await house.activated('p_staff0001');
    const reply = await confirmEnrolment(
      {
        ...house.request,
        params: { door: 'staff' },
        body: { challenge: step.challenge, code: house.shows(step.secret.replaceAll(' ', '')) },
      },
      house.ports,
    );
    return {
      ...house,
      login,
      secret: step.secret.replaceAll(' ', ''),
      uri: step.uri,
      reply,
      recoveryCodes: stepOf(reply).recoveryCodes ?? [],
    };
  };
  const totp = (house: Awaited<ReturnType<typeof enrolled>>, challenge: string, code: string, trustDevice = false) =>
    answerTotp({ ...house.request, params: { door: 'staff' }, body: { challenge, code, trustDevice } }, house.ports);

  it('begins with an enrolment that a right code alone ends, and gives ten recovery codes once', async () => {
    const house = doors();
    const { step } = await house.activated('p_staff0001');
    expect(step).toMatchObject({ step: 'enrol' });
    expect(step.accessToken).toBeUndefined();
    const confirm = (code: string) =>
      confirmEnrolment({ ...house.request, params: { door: 'staff' }, body: { challenge: step.challenge, code } }, house.ports);
    expect((await refusal(confirm('000000'))).code).toBe('session.refused');
    expect(stepOf(await confirm(house.shows(step.secret.replaceAll(' ', '')))).recoveryCodes).toHaveLength(10);
  });

  it('withholds tokens from someone not enrolled, even where Cognito hands them out', async () => {
    const house = doors();
    const lax = memoryAccounts({ mfa: [], shows: house.shows });
    const ports = { ...house.ports, accounts: lax };
    const { login, code } = await house.letter('p_staff0001');
    const reply = await activate({ ...house.request, params: {}, body: { login, code, password: PASSWORD } }, ports);
    const step = stepOf(reply);
    expect(step.step).toBe('enrol');
    expect(reply.cookies).toEqual([]);
    const signed = await confirmEnrolment(
      {
        ...house.request,
        params: { door: 'staff' },
        body: { challenge: step.challenge, code: house.shows(step.secret.replaceAll(' ', '')) },
      },
      ports,
    );
    expect(stepOf(signed).step).toBe('signed-in');
  });

  it('asks for the code at each sign-in, and refuses a wrong one, a forged challenge and another door’s', async () => {
    const house = await enrolled();
    const { challenge, step } = stepOf(await house.signIn('staff', house.login, PASSWORD));
    expect(step).toBe('totp');
    expect((await refusal(totp(house, challenge, '000000'))).code).toBe('session.refused');
    expect((await refusal(totp(house, `${challenge.slice(0, -4)}AAAA`, '000000'))).code).toBe('session.challenge-expired');
    const atAuthority = answerTotp(
      { ...house.request, params: { door: 'authority' }, body: { challenge, code: '000000', trustDevice: false } },
      house.ports,
    );
    expect((await refusal(atAuthority)).code).toBe('session.challenge-expired');
    expect(stepOf(await totp(house, challenge, house.shows(house.secret))).step).toBe('signed-in');
  });

  it('is given by a trusted device for 30 days, and no longer after « partout »', async () => {
    const house = await enrolled();
    const { challenge } = stepOf(await house.signIn('staff', house.login, PASSWORD));
    const cookies = cookiesOf(await totp(house, challenge, house.shows(house.secret), true));
    const again = async () => stepOf(await house.signIn('staff', house.login, PASSWORD, cookies)).step;
    expect(await again()).toBe('signed-in');
    house.ports.clock.moveSystem(31 * 86_400_000);
    expect(await again()).toBe('totp');
    house.ports.clock.moveSystem(-31 * 86_400_000);
    expect(await again()).toBe('signed-in');
    await signOutEverywhere({ ...house.request, params: {}, body: undefined, caller: caller('staff', 'p_staff0001') }, house.ports);
    expect(await again()).toBe('totp');
    expect(house.ports.ask.asked().some(({ question }) => question === 'directory.revoke-tokens')).toBe(true);
  });

  it('trusts no device where the school says so', async () => {
    const house = await enrolled({ trustedDeviceDays: 0 });
    const { challenge } = stepOf(await house.signIn('staff', house.login, PASSWORD));
    const cookies = cookiesOf(await totp(house, challenge, house.shows(house.secret), true));
    expect(Object.keys(cookies)).toEqual(['__Secure-preau-staff']);
    expect(stepOf(await house.signIn('staff', house.login, PASSWORD, cookies)).step).toBe('totp');
  });

  it('does not trust a device for somebody else, and still wants the password', async () => {
    const house = await enrolled();
    const { challenge } = stepOf(await house.signIn('staff', house.login, PASSWORD));
    const cookies = cookiesOf(await totp(house, challenge, house.shows(house.secret), true));
    expect((await refusal(house.signIn('staff', house.login, 'pas le bon', cookies))).code).toBe('session.refused');
    const stolen = Object.fromEntries(Object.entries(cookies).map(([name, value]) => [name, value.replace('p_staff0001', 'p_staff0002')]));
    expect(stepOf(await house.signIn('staff', house.login, PASSWORD, stolen)).step).toBe('totp');
  });

  it('is replaced by a printed code, once', async () => {
    const house = await enrolled();
    const [code = ''] = house.recoveryCodes;
    const challenge = async () => stepOf(await house.signIn('staff', house.login, PASSWORD)).challenge;
    expect(stepOf(await totp(house, await challenge(), code)).step).toBe('signed-in');
    expect((await refusal(totp(house, await challenge(), code))).code).toBe('session.refused');
    const races = await Promise.allSettled([
      totp(house, await challenge(), house.recoveryCodes[1] ?? ''),
      totp(house, await challenge(), house.recoveryCodes[1] ?? ''),
    ]);
    expect(races.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is a choice for teachers', async () => {
    const house = doors();
    const { step, login } = await house.activated('p_teacher01');
    const begun = await beginTotp(
      { ...house.request, params: {}, body: { accessToken: step.accessToken }, caller: caller('teacher', 'p_teacher01') },
      house.ports,
    );
    expect(begun.uri).toMatch(/^otpauth:\/\/totp\//);
    const confirm = (code: string) =>
      confirmTotp(
        {
          ...house.request,
          params: {},
          body: { accessToken: step.accessToken, code, pending: begun.pending },
          caller: caller('teacher', 'p_teacher01'),
        },
        house.ports,
      );
    expect((await refusal(confirm('000000'))).code).toBe('session.refused');
    await confirm(house.shows(begun.secret.replaceAll(' ', '')));
    expect(stepOf(await house.signIn('teacher', login, PASSWORD)).step).toBe('totp');
  });
});

describe('a forgotten password', () => {
  const wished = async (login: string) => {
    const house = doors();
    await house.activated('p_guard0001');
    house.store.forget();
    await requestReset({ ...house.request, params: { door: 'guardian' }, body: { login } }, house.ports);
    const requests = house.store.consumed().length;
    const events = house.store
      .changes()
      .flatMap(eventsOf)
      .filter(({ name }) => name === 'session.reset-requested');
    const hear = async () => {
      for (const event of events) await onResetRequested(event as Parameters<typeof onResetRequested>[0], house.ports);
    };
    const reset = (code: string) =>
      resetPassword(
        { ...house.request, params: { door: 'guardian' }, body: { login: 'claire.lemoine', code, password: 'quatre autres mots' } },
        house.ports,
      );
    return { ...house, requests, hear, reset };
  };
  const asked = async (login: string) => {
    const house = await wished(login);
    await house.hear();
    return house;
  };
  const codeIn = (text: string) => /\b([A-Z0-9]{4} [A-Z0-9]{4})\b/.exec(text)?.[1]?.replace(' ', '').toLowerCase() ?? '';

  it('mails one code to a known login and does the same work for an unknown one', async () => {
    const known = await asked('claire.lemoine');
    expect(known.mail.sent()).toMatchObject([{ to: 'claire@famille.example' }]);
    const unknown = await asked('personne.inconnue');
    expect(unknown.mail.sent()).toEqual([]);
    expect(unknown.requests).toBe(known.requests);
  });

  it('fails when SES takes no mail in passing, so that it is tried again and comes once, with a code that works', async () => {
    const house = await wished('claire.lemoine');
    house.mail.refuse(Object.assign(new Error('Maximum sending rate exceeded.'), { name: 'Throttling' }));
    await expect(house.hear()).rejects.toThrow('sending rate');
    expect(house.mail.sent()).toEqual([]);
    house.mail.refuse(undefined);
    await house.hear();
    await house.hear();
    expect(house.mail.sent()).toHaveLength(1);
    expect(await house.reset(codeIn(house.mail.sent()[0]?.text ?? ''))).toEqual({ changed: true });
  });

  it('changes the password once, ends every session, and refuses a guessed or late code', async () => {
    const house = await asked('claire.lemoine');
    const code = codeIn(house.mail.sent()[0]?.text ?? '');
    const { reset } = house;
    expect((await refusal(reset('aaaaaaaa'))).code).toBe('session.refused');
    house.ports.clock.moveSystem(31 * 60_000);
    expect((await refusal(reset(code))).code).toBe('session.refused');
    house.ports.clock.moveSystem(-31 * 60_000);
    expect(await reset(code)).toEqual({ changed: true });
    expect((await refusal(reset(code))).code).toBe('session.refused');
    expect(stepOf(await house.signIn('guardian', 'claire.lemoine', 'quatre autres mots')).step).toBe('signed-in');
    expect((await refusal(house.signIn('guardian', 'claire.lemoine', PASSWORD))).code).toBe('session.refused');
  });
});

describe('an account', () => {
  it('changes its password with the current one, and this browser stays signed in', async () => {
    const house = doors();
    const { login } = await house.activated('p_guard0001');
    const change = (current: string) =>
      changePassword(
        { ...house.request, params: {}, body: { current, next: 'quatre autres mots' }, caller: caller('guardian', 'p_guard0001') },
        house.ports,
      );
    expect((await refusal(change('pas le bon'))).code).toBe('session.refused');
    const reply = await change(PASSWORD);
    const cookies = cookiesOf(reply);
    expect(stepOf(await refresh({ ...house.request, cookies, params: { door: 'guardian' }, body: undefined }, house.ports)).step).toBe(
      'signed-in',
    );
    expect((await refusal(house.signIn('guardian', login, PASSWORD))).code).toBe('session.refused');
  });

  it('takes another letter’s child or school, at its own door only', async () => {
    const house = doors();
    await house.activated('p_guard0001');
    const second = await house.letter('p_guard0002');
    const attach = (door: Door, personId: string) =>
      attachCode(
        { ...house.request, params: {}, body: { login: second.login, code: second.code }, caller: caller(door, personId) },
        house.ports,
      );
    expect((await refusal(attach('teacher', 'p_teacher01'))).code).toBe('session.other-door');
    expect(await attach('guardian', 'p_guard0001')).toEqual({ school: 'Collège Les Tilleuls' });
    expect(house.ports.ask.asked().at(-1)).toMatchObject({
      question: 'directory.record-activation',
      input: { personId: 'p_guard0002', accountId: 'p_guard0001' },
    });
    expect(stepOf(await house.signIn('guardian', second.login, PASSWORD)).step).toBe('signed-in');
    expect((await refusal(attach('guardian', 'p_guard0001'))).code).toBe('session.refused');
  });
});
