import { GetParameterCommand, ParameterNotFound, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';

/** What was done to the emulator is written down inside it: whatever happens to its state happens to the marks. */
export async function mark(name: string): Promise<string | undefined> {
  try {
    return (await new SSMClient({}).send(new GetParameterCommand({ Name: name }))).Parameter?.Value;
  } catch (error) {
    if (error instanceof ParameterNotFound) return undefined;
    throw error;
  }
}

export const setMark = async (name: string, value: string): Promise<void> => {
  await new SSMClient({}).send(new PutParameterCommand({ Name: name, Value: value, Type: 'String', Overwrite: true }));
};

export const BOOTSTRAPPED = '/cdk-bootstrap/hnb659fds/version';
export const DEPLOYED = '/preau-local/deployed';
export const DEMO = '/preau-local/demo';
