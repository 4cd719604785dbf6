import { RemovalPolicy } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { stageOf } from '../../infra/stages.ts';

const nothing = {
  stage: undefined,
  sender: undefined,
  identity: undefined,
  siteUrl: undefined,
  certificate: undefined,
  operator: undefined,
  civilOffsetMs: undefined,
  removing: undefined,
};
const account = { ...nothing, account: '123456789012', region: 'eu-west-3' };
const deployed = { ...account, stage: 'demo', sender: 'vie-scolaire@ent.example.fr' };

describe('a stage', () => {
  it('is the local one unless told otherwise', () => {
    expect(stageOf(account)).toMatchObject({ name: 'local', local: true, removal: RemovalPolicy.DESTROY, protected: false });
  });
  it('keeps its data when it is deployed', () => {
    expect(stageOf(deployed)).toMatchObject({ local: false, removal: RemovalPolicy.RETAIN, protected: true });
  });
  it('lets go of its data when it is being removed, and only then', () => {
    expect(stageOf({ ...deployed, removing: 'true' })).toMatchObject({ removal: RemovalPolicy.DESTROY, protected: false });
    expect(stageOf({ ...deployed, removing: 'false' })).toMatchObject({ removal: RemovalPolicy.RETAIN, protected: true });
  });
  it('needs a sender when it is deployed, and says how to give one', () => {
    expect(() => stageOf({ ...deployed, sender: undefined })).toThrow(/infra\/stages\.ts: .*-c sender=/);
  });
  it('has the sender’s domain verified, or the address alone, or nothing that the account has already', () => {
    expect(stageOf(deployed)).toMatchObject({ verifies: { domain: 'ent.example.fr' }, identities: ['ent.example.fr'] });
    expect(stageOf({ ...deployed, identity: 'address' })).toMatchObject({
      verifies: { address: deployed.sender },
      identities: [deployed.sender],
    });
    expect(stageOf({ ...deployed, identity: 'existing' })).toMatchObject({
      verifies: undefined,
      identities: ['ent.example.fr', deployed.sender],
    });
    expect(() => stageOf({ ...deployed, identity: 'dkim' })).toThrow(/"identity"/);
  });
  it('takes a certificate from where CloudFront looks, and says where that is', () => {
    const own = { ...deployed, siteUrl: 'https://ent.example.fr' };
    expect(stageOf({ ...own, certificate: 'arn:aws:acm:us-east-1:123456789012:certificate/a' }).certificate).toMatch(/us-east-1/);
    expect(() => stageOf({ ...own, certificate: 'arn:aws:acm:eu-west-3:123456789012:certificate/a' })).toThrow(/us-east-1/);
  });
  it('cannot be told the time when it is deployed; the local one can', () => {
    expect(() => stageOf({ ...deployed, civilOffsetMs: '1000' })).toThrow(/civilOffsetMs/);
    expect(stageOf({ ...account, civilOffsetMs: '-1000' }).civilOffsetMs).toBe(-1000);
    expect(stageOf(deployed).civilOffsetMs).toBeUndefined();
  });
  it('takes a time of grace in seconds on one machine; a deployed one leaves it to its schools', () => {
    expect(() => stageOf({ ...deployed, graceSeconds: '2' })).toThrow(/graceSeconds/);
    expect(stageOf({ ...account, graceSeconds: '2' }).graceSeconds).toBe(2);
    expect(stageOf(deployed).graceSeconds).toBeUndefined();
  });
  it('needs an account, and says where it comes from', () => {
    expect(() => stageOf({ ...account, account: undefined })).toThrow(/"account"/);
  });
  it('has a name that fits in every physical name', () => {
    expect(() => stageOf({ ...deployed, stage: 'Prod-1' })).toThrow(/"stage" is 1 to 16/);
  });
  it('takes the site’s address without a trailing slash', () => {
    expect(stageOf({ ...account, siteUrl: 'http://127.0.0.1:8080/' }).siteUrl).toBe('http://127.0.0.1:8080');
  });
});
