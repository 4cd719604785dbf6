import { randomBytes } from 'node:crypto';
import {
  GetParameterCommand,
  GetParametersCommand,
  ParameterAlreadyExists,
  ParameterNotFound,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import type { SecretName, SecretPort } from '../../shared/kernel/grant.ts';
import { names } from '../../shared/kernel/names.ts';
import { clientSettings, once } from './clients.ts';
import { environment } from './env.ts';

const ssm = once(() => new SSMClient(clientSettings()));

/** How long a warm function goes on with the keys it read: a rotated key is everywhere after this. */
const KEPT = 10 * 60_000;
const toKey = (value: string): Uint8Array => new Uint8Array(Buffer.from(value, 'base64'));

const current = async (Name: string): Promise<{ value: string; version: number } | undefined> => {
  try {
    const { Parameter } = await ssm().send(new GetParameterCommand({ Name, WithDecryption: true }));
    return Parameter?.Value === undefined ? undefined : { value: Parameter.Value, version: Parameter.Version ?? 1 };
  } catch (error) {
    if (error instanceof ParameterNotFound) return undefined;
    throw error;
  }
};

const make = async (Name: string): Promise<void> => {
  try {
    await ssm().send(new PutParameterCommand({ Name, Type: 'SecureString', Value: randomBytes(32).toString('base64'), Overwrite: false }));
  } catch (error) {
    // Another function made it in the same moment: that one is the key.
    if (!(error instanceof ParameterAlreadyExists)) throw error;
  }
};

const load = async (Name: string): Promise<Uint8Array[]> => {
  let latest = await current(Name);
  if (!latest) {
    await make(Name);
    latest = await current(Name);
  }
  if (!latest) throw new Error('a signing key could not be made');
  if (latest.version < 2) return [toKey(latest.value)];
  const { Parameters = [] } = await ssm().send(
    new GetParametersCommand({ Names: [`${Name}:${latest.version - 1}`], WithDecryption: true }),
  );
  return [latest.value, ...Parameters.flatMap(({ Value }) => Value ?? [])].map(toKey);
};

/** A signing key that nobody ever sees, made at first use; putting a new version rotates it, and the one before stays valid. */
export const parameterSecret = (secret: SecretName): SecretPort => {
  const { PREAU_STAGE, PREAU_ACCOUNT } = environment();
  const name = names(PREAU_STAGE, PREAU_ACCOUNT).secret(secret);
  let held: { readonly keys: Promise<Uint8Array[]>; readonly until: number } | undefined;
  return {
    keys() {
      if (!held || held.until < performance.now()) {
        const keys = load(name);
        held = { keys, until: performance.now() + KEPT };
        keys.catch(() => {
          held = undefined;
        });
      }
      return held.keys;
    },
  };
};
