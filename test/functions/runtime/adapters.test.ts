import { createECDH, randomBytes, webcrypto } from 'node:crypto';
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserPasswordCommand,
  AssociateSoftwareTokenCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { HeadObjectCommand, NotFound, S3Client } from '@aws-sdk/client-s3';
import { GetSendQuotaCommand, SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  GetParameterCommand,
  GetParametersCommand,
  ParameterAlreadyExists,
  ParameterNotFound,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cognitoAccounts } from '../../../functions/runtime/accounts.ts';
import { clockAt } from '../../../functions/runtime/clock.ts';
import { readEnvironment } from '../../../functions/runtime/env.ts';
import { s3Files } from '../../../functions/runtime/files.ts';
import { ids } from '../../../functions/runtime/ids.ts';
import { mimeOf, sesMail } from '../../../functions/runtime/mail.ts';
import { webPush } from '../../../functions/runtime/push.ts';
import { sendToFailures, sqsQueue } from '../../../functions/runtime/queue.ts';
import { parameterSecret } from '../../../functions/runtime/secret.ts';
import { snsSms } from '../../../functions/runtime/sms.ts';

const named = (name: string) => Object.assign(new Error(name), { name });

describe('queues', () => {
  const sqs = mockClient(SQSClient);
  beforeEach(() => void sqs.reset());

  it('take a message, delayed in whole seconds of at most fifteen minutes', async () => {
    sqs.on(SendMessageCommand).resolves({});
    await sqsQueue('urgent').send({ row: 'd_1' }, 4.2);
    await sqsQueue('bulk').send({ row: 'd_1' }, 5000);
    await sendToFailures({ kind: 'x' });
    expect(sqs.commandCalls(SendMessageCommand).map(({ args }) => args[0].input)).toEqual([
      { QueueUrl: 'https://sqs.eu-west-3.amazonaws.com/000000000000/preau-test-urgent', MessageBody: '{"row":"d_1"}', DelaySeconds: 5 },
      { QueueUrl: 'https://sqs.eu-west-3.amazonaws.com/000000000000/preau-test-bulk', MessageBody: '{"row":"d_1"}', DelaySeconds: 900 },
      { QueueUrl: 'https://sqs.eu-west-3.amazonaws.com/000000000000/preau-test-failures', MessageBody: '{"kind":"x"}' },
    ]);
  });
});

describe('files', () => {
  it('are posted under a policy that fixes key, type and length', async () => {
    const { url, fields } = await s3Files('proofs').upload('a/b.pdf', {
      contentType: 'application/pdf',
      maxBytes: 1000,
      seconds: 60,
      successRedirect: 'https://preau.example/merci',
    });
    expect(url).toContain('preau-test-proofs-000000000000');
    expect(fields).toMatchObject({
      key: 'a/b.pdf',
      'Content-Type': 'application/pdf',
      success_action_redirect: 'https://preau.example/merci',
    });
    const policy = JSON.parse(Buffer.from(fields.Policy as string, 'base64').toString()) as { conditions: unknown[] };
    expect(policy.conditions).toEqual(
      expect.arrayContaining([{ key: 'a/b.pdf' }, ['content-length-range', 1, 1000], ['eq', '$Content-Type', 'application/pdf']]),
    );
  });

  it('have a size, or are not there', async () => {
    const s3 = mockClient(S3Client);
    s3.on(HeadObjectCommand)
      .resolvesOnce({ ContentLength: 12 })
      .rejects(new NotFound({ message: '', $metadata: {} }));
    expect(await s3Files('proofs').size('a')).toBe(12);
    expect(await s3Files('proofs').size('a')).toBeUndefined();
    s3.restore();
  });
});

describe('accounts', () => {
  const cognito = mockClient(CognitoIdentityProviderClient);
  beforeEach(() => void cognito.reset());
  const accounts = () => cognitoAccounts(['teacher', 'staff']);
  const signIn = () => accounts().signIn('teacher', 'p_00000001', 'secret');

  it('sign in with tokens, by the client’s proof', async () => {
    cognito.on(AdminInitiateAuthCommand).resolves({ AuthenticationResult: { AccessToken: 'a', RefreshToken: 'r', ExpiresIn: 600 } });
    expect(await signIn()).toEqual({ outcome: 'tokens', accessToken: 'a', refreshToken: 'r', expiresIn: 600 });
    expect(cognito.call(0).args[0].input).toMatchObject({
      UserPoolId: 'pool-teacher',
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'p_00000001', PASSWORD: 'secret', SECRET_HASH: expect.stringMatching(/^[\w+/]{43}=$/) },
    });
  });

  it.each([
    ['SOFTWARE_TOKEN_MFA', { outcome: 'totp', challenge: 's' }],
    ['MFA_SETUP', { outcome: 'enrol', challenge: 's' }],
    ['NEW_PASSWORD_REQUIRED', { outcome: 'refused' }],
  ] as const)('meet the challenge %s', async (ChallengeName, outcome) => {
    cognito.on(AdminInitiateAuthCommand).resolves({ ChallengeName, Session: 's' });
    expect(await signIn()).toEqual(outcome);
  });

  it.each(['NotAuthorizedException', 'UserNotFoundException', 'UserNotConfirmedException'])('are refused alike: %s', async (name) => {
    cognito.on(AdminInitiateAuthCommand).rejects(named(name));
    expect(await signIn()).toEqual({ outcome: 'refused' });
  });

  it('say when there are too many, and do not hide a fault', async () => {
    cognito.on(AdminInitiateAuthCommand).rejectsOnce(named('TooManyRequestsException')).rejects(named('InternalErrorException'));
    await expect(signIn()).rejects.toMatchObject({ kind: 'too-many' });
    await expect(signIn()).rejects.toThrow('InternalErrorException');
  });

  it('take a right code and refuse a wrong one', async () => {
    cognito
      .on(AdminRespondToAuthChallengeCommand)
      .resolvesOnce({ AuthenticationResult: { AccessToken: 'a', RefreshToken: 'r' } })
      .rejects(named('CodeMismatchException'));
    expect(await accounts().answerTotp('teacher', 'p_00000001', 's', '123456')).toMatchObject({ outcome: 'tokens' });
    expect(await accounts().answerTotp('teacher', 'p_00000001', 's', '000000')).toEqual({ outcome: 'refused' });
    cognito.on(VerifySoftwareTokenCommand).resolvesOnce({ Status: 'SUCCESS' }).rejects(named('EnableSoftwareTokenMFAException'));
    expect(await accounts().confirmTotp('teacher', { session: 's' }, '123456')).toBe(true);
    expect(await accounts().confirmTotp('teacher', { session: 's' }, '000000')).toBe(false);
  });

  it.each(['NotAuthorizedException', 'InvalidParameterException'])('takes a token that is none for nobody’s: %s', async (name) => {
    cognito.on(AssociateSoftwareTokenCommand).resolvesOnce({ SecretCode: 'ABCD' }).rejects(named(name));
    expect(await accounts().beginTotp('teacher', { accessToken: 'a' })).toEqual({ secret: 'ABCD' });
    await expect(accounts().beginTotp('teacher', { accessToken: 'none' })).rejects.toMatchObject({ code: 'request.unauthenticated' });
  });

  it('finish an account that was left without a password, and never take over another', async () => {
    cognito.on(AdminCreateUserCommand).rejects(named('UsernameExistsException'));
    cognito.on(AdminGetUserCommand).resolvesOnce({ UserStatus: 'FORCE_CHANGE_PASSWORD' }).resolves({ UserStatus: 'CONFIRMED' });
    cognito.on(AdminSetUserPasswordCommand).resolves({});
    await accounts().create('teacher', 'p_00000001', 'secret');
    await expect(accounts().create('teacher', 'p_00000001', 'secret')).rejects.toMatchObject({ kind: 'conflict' });
    expect(cognito.commandCalls(AdminSetUserPasswordCommand)).toHaveLength(1);
  });

  it('ask a pool for the client’s secret once, when it was not given', async () => {
    cognito.on(DescribeUserPoolClientCommand).resolves({ UserPoolClient: { ClientSecret: 'described' } });
    cognito.on(AdminInitiateAuthCommand).resolves({});
    const staff = accounts();
    await staff.signIn('staff', 'p_00000001', 'secret');
    await staff.signIn('staff', 'p_00000001', 'secret');
    expect(cognito.commandCalls(DescribeUserPoolClientCommand)).toHaveLength(1);
  });

  it('are out of reach at a door that was not granted', async () => {
    await expect(accounts().signIn('pupil', 'p_00000001', 'x')).rejects.toThrow('no grant on the accounts of pupil');
  });
});

describe('mail', () => {
  const ses = mockClient(SESClient);
  beforeEach(() => void ses.reset());
  const message = {
    to: 'parent@example.org',
    fromName: 'Collège « Les Tilleuls »',
    replyTo: 'vie-scolaire@example.org',
    subject: 'Élève absent\r\nBcc: everyone@example.org',
    text: 'Bonjour',
    html: '<p>Bonjour</p>',
    headers: { 'Auto-Submitted': 'auto-generated' },
    tag: 'd_1',
  };

  it('goes to one recipient with the row as its tag, and tells SES’s name for it', async () => {
    ses.on(SendRawEmailCommand).resolves({ MessageId: 'ses-1' });
    expect(await sesMail().send(message)).toEqual({ messageId: 'ses-1' });
    expect(ses.call(0).args[0].input).toMatchObject({
      Source: 'vie-scolaire@preau.example',
      Destinations: ['parent@example.org'],
      ConfigurationSetName: 'preau-test',
      Tags: [{ Name: 'row', Value: 'd_1' }],
    });
  });

  it('carries text, page and headers, and no header that a subject smuggled in', () => {
    const mime = mimeOf(message, 'vie-scolaire@preau.example').toString();
    expect(mime).toContain('multipart/alternative');
    expect(mime).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(mime).toMatch(/^Reply-To: vie-scolaire@example.org\r$/m);
    expect(mime).not.toMatch(/^Bcc:/m);
  });

  it('is two parts in ASCII lines of 76 characters at most, whatever they hold', () => {
    const text = `Élève absent = à justifier\n--=_preau--\r\nContent-Type: text/html\n\n${'https://preau.example/'.repeat(9)}\n`;
    const mime = mimeOf({ ...message, subject: 'Élève absent '.repeat(9), text }, 'vie-scolaire@preau.example').toString('latin1');
    const [head, ...parts] = mime.split(/\r\n--=_preau(?:--)?\r\n/);
    expect(mime).toMatch(/^[\r\n\x20-\x7e]*$/);
    expect(mime).not.toMatch(/(?<!\r)\n|\r(?!\n)/);
    expect(Math.max(...mime.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(76);
    expect(head).toMatch(/^Content-Type: multipart\/alternative; boundary="=_preau"\r$/m);
    const contents = parts.map((part) => {
      const [headers, ...body] = part.split('\r\n\r\n');
      const bytes = body
        .join('\r\n\r\n')
        .replaceAll('=\r\n', '')
        .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
      return [/^Content-Type: (\S+);/.exec(headers ?? '')?.[1], Buffer.from(bytes, 'latin1').toString()];
    });
    expect(contents).toEqual([
      ['text/plain', text.replace(/\r?\n/g, '\r\n')],
      ['text/html', message.html],
      [undefined, ''],
    ]);
  });

  it('learns its rate once', async () => {
    ses.on(GetSendQuotaCommand).resolves({ MaxSendRate: 14 });
    const mail = sesMail();
    expect([await mail.rate(), await mail.rate()]).toEqual([14, 14]);
    expect(ses.calls()).toHaveLength(1);
  });
});

describe('signing keys', () => {
  const ssm = mockClient(SSMClient);
  beforeEach(() => void ssm.reset());
  const value = (byte: number) => Buffer.alloc(32, byte).toString('base64');
  const absent = new ParameterNotFound({ message: '', $metadata: {} });

  it('are made at first use, and kept in memory', async () => {
    let made = '';
    ssm.on(GetParameterCommand).callsFake(async () => {
      if (made === '') throw absent;
      return { Parameter: { Value: made, Version: 1 } };
    });
    ssm.on(PutParameterCommand).callsFake(async ({ Value }: { Value: string }) => {
      made = Value;
      return {};
    });
    const secret = parameterSecret('links');
    const [one, other] = await Promise.all([secret.keys(), secret.keys()]);
    expect(one).toBe(other);
    expect(one).toHaveLength(1);
    expect(one[0]).toHaveLength(32);
    expect(ssm.commandCalls(PutParameterCommand)).toHaveLength(1);
    expect(ssm.commandCalls(PutParameterCommand)[0]?.args[0].input).toMatchObject({
      Name: '/preau-test/keys/links',
      Type: 'SecureString',
      Overwrite: false,
    });
  });

  it('are another function’s when that one was first', async () => {
    ssm
      .on(GetParameterCommand)
      .rejectsOnce(absent)
      .resolves({ Parameter: { Value: value(7), Version: 1 } });
    ssm.on(PutParameterCommand).rejects(new ParameterAlreadyExists({ message: '', $metadata: {} }));
    expect(await parameterSecret('codes').keys()).toEqual([new Uint8Array(32).fill(7)]);
  });

  it('are the current one and the one before', async () => {
    ssm.on(GetParameterCommand).resolves({ Parameter: { Value: value(2), Version: 3 } });
    ssm.on(GetParametersCommand).resolves({ Parameters: [{ Value: value(1) }] });
    expect(await parameterSecret('devices').keys()).toEqual([new Uint8Array(32).fill(2), new Uint8Array(32).fill(1)]);
    expect(ssm.commandCalls(GetParametersCommand)[0]?.args[0].input.Names).toEqual(['/preau-test/keys/devices:2']);
  });

  it('are asked for again after a failure', async () => {
    ssm
      .on(GetParameterCommand)
      .rejectsOnce(named('Throttled'))
      .resolves({ Parameter: { Value: value(2), Version: 1 } });
    const secret = parameterSecret('links');
    await expect(secret.keys()).rejects.toThrow('Throttled');
    expect(await secret.keys()).toHaveLength(1);
  });
});

describe('ids', () => {
  it('are new each time, in the order they were made, with their prefix', () => {
    const made = Array.from({ length: 50 }, () => ids.next('a'));
    expect(new Set(made).size).toBe(50);
    expect([...made].sort()).toEqual(made);
    expect(made[0]).toMatch(/^a_[0-9a-z-]{8,64}$/);
  });

  it('are the same for the same parts, and for no others', () => {
    expect(ids.natural('l', 'a', 1)).toBe(ids.natural('l', 'a', '1'));
    expect(ids.natural('l', 'a', 1)).toMatch(/^l_[0-9a-z]{26}$/);
    const others = [ids.natural('l', 'a1'), ids.natural('l', 'a', '1', ''), ids.natural('m', 'a', 1), ids.natural('l', 'a,1')];
    expect(new Set([ids.natural('l', 'a', 1), ...others]).size).toBe(5);
  });

  it('draws a secret evenly from its alphabet', () => {
    const drawn = ids.secret('abc', 9000);
    expect(drawn).toMatch(/^[abc]{9000}$/);
    for (const letter of 'abc') expect(drawn.split(letter).length - 1).toBeGreaterThan(2700);
    expect(() => ids.secret('a', 3)).toThrow(RangeError);
  });
});

describe('the environment', () => {
  const whole = {
    PREAU_STAGE: 'test',
    PREAU_ACCOUNT: '000000000000',
    PREAU_CONTEXT: 'a',
    PREAU_ENTRY: 'api',
    PREAU_SITE_URL: 'https://a.example',
    AWS_REGION: 'eu-west-3',
  };

  it('is read when it is whole', () => {
    expect(
      readEnvironment({ ...whole, PREAU_CIVIL_OFFSET_MS: '-3600000', PREAU_POOLS: '{"pupil":{"poolId":"p","clientId":"c"}}' }),
    ).toMatchObject({
      PREAU_CIVIL_OFFSET_MS: -3_600_000,
      PREAU_POOLS: { pupil: { poolId: 'p' } },
    });
  });

  it('fails at once when it is broken, naming what is wrong and no value', () => {
    const broken = () => readEnvironment({ ...whole, PREAU_STAGE: undefined, PREAU_SITE_URL: 'a secret' });
    expect(broken).toThrow('broken environment: PREAU_STAGE, PREAU_SITE_URL');
    expect(() => readEnvironment({ ...whole, PREAU_POOLS: 'not json' })).toThrow();
  });

  it('moves the civil clock and never the other', () => {
    const clock = clockAt(86_400_000);
    expect(Math.round((clock.civil().getTime() - clock.system().getTime()) / 1000)).toBe(86_400);
    expect(Math.abs(clockAt().system().getTime() - Date.now())).toBeLessThan(1000);
  });

  it('shortens the time of grace when it is told to, else leaves it to the schools', () => {
    expect(clockAt(0, 2).graceSeconds).toBe(2);
    expect(clockAt().graceSeconds).toBeUndefined();
  });
});

describe('an SMS', () => {
  const sns = mockClient(SNSClient);
  beforeEach(() => void sns.reset());

  it('goes to one number, as a message that is waited for, at a price that has an end', async () => {
    sns.on(PublishCommand).resolves({ MessageId: 'sms-1' });
    expect(await snsSms().send('+33639980155', 'Bonjour')).toEqual({ messageId: 'sms-1' });
    expect(sns.call(0).args[0].input).toMatchObject({
      PhoneNumber: '+33639980155',
      Message: 'Bonjour',
      MessageAttributes: {
        'AWS.SNS.SMS.SMSType': { StringValue: 'Transactional' },
        'AWS.SNS.SMS.MaxPrice': { DataType: 'Number', StringValue: '0.20' },
      },
    });
  });

  it('is not tried again here: whoever calls owns the ledger', async () => {
    sns.on(PublishCommand).rejects(named('InternalErrorException'));
    await expect(snsSms().send('+33639980155', 'Bonjour')).rejects.toThrow('InternalErrorException');
    expect(sns.calls()).toHaveLength(1);
  });
});

describe('web push', () => {
  const ssm = mockClient(SSMClient);
  const browser = createECDH('prime256v1');
  const auth = randomBytes(16);
  const secret = randomBytes(32);
  const message = { title: 'Collège', body: 'Un message vous attend.', path: '/', tag: 'n_1', language: 'fr', dir: 'ltr' } as const;
  const answered = (status: number) => {
    const asked = vi.fn(async (_: string, init: RequestInit) => new Response(null, { status, headers: {} }) && { status, init });
    vi.stubGlobal('fetch', asked);
    return asked;
  };
  const to = async () => ({
    endpoint: 'https://push.example/abc',
    p256dh: browser.generateKeys('base64url'),
    auth: auth.toString('base64url'),
    key: await webPush().key(),
  });
  beforeEach(() => {
    ssm.reset();
    ssm.on(GetParameterCommand).resolves({ Parameter: { Value: secret.toString('base64'), Version: 1 } });
  });
  afterEach(() => vi.unstubAllGlobals());

  /** RFC 8291, as a browser undoes it. */
  const opened = async (body: Uint8Array): Promise<string> => {
    const [salt, theirs, sealed] = [body.slice(0, 16), body.slice(21, 86), body.slice(86)];
    const hkdf = async (key: Uint8Array, salted: Uint8Array, info: Uint8Array, bits: number) =>
      new Uint8Array(
        await webcrypto.subtle.deriveBits(
          { name: 'HKDF', hash: 'SHA-256', salt: salted, info },
          await webcrypto.subtle.importKey('raw', key, 'HKDF', false, ['deriveBits']),
          bits,
        ),
      );
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), theirs]);
    const ikm = await hkdf(browser.computeSecret(theirs), auth, info, 256);
    const key = await hkdf(ikm, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 128);
    const iv = await hkdf(ikm, salt, Buffer.from('Content-Encoding: nonce\0'), 96);
    const aes = await webcrypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt']);
    const plain = Buffer.from(await webcrypto.subtle.decrypt({ name: 'AES-GCM', iv }, aes, sealed)).toString();
    return plain.slice(0, plain.lastIndexOf('\u0002'));
  };

  it('is read by the browser it is for, under our key, and replaced by a second one with its tag', async () => {
    const asked = answered(201);
    expect(await webPush().send(await to(), message)).toBe('accepted');
    const [address, { headers, body }] = asked.mock.calls[0] as unknown as [string, { headers: Record<string, string>; body: Uint8Array }];
    expect(address).toBe('https://push.example/abc');
    expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', topic: 'n_1', urgency: 'high' });
    expect(headers.authorization).toContain(`k=${await webPush().key()}`);
    expect(Buffer.from(body).includes('attend')).toBe(false);
    expect(JSON.parse(await opened(body))).toEqual(message);
  });

  it.each([
    [201, 'accepted'],
    [404, 'gone'],
    [410, 'gone'],
    [413, 'refused'],
    [429, 'later'],
    [503, 'later'],
  ] as const)('takes a %i of the push service for “%s”', async (status, outcome) => {
    answered(status);
    expect(await webPush().send(await to(), message)).toBe(outcome);
  });

  it('is over for a browser that subscribed with a key that is no longer ours', async () => {
    const asked = answered(201);
    expect(await webPush().send({ ...(await to()), key: 'another' }, message)).toBe('gone');
    expect(asked).not.toHaveBeenCalled();
  });
});
