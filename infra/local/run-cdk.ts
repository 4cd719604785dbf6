import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Refusal } from './progress.ts';
import { ROOT } from './system.ts';

/** The CDK in the operator's own terminal: they see what it does and answer what it asks. */
export const runCdk = (args: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(join(ROOT, 'node_modules/.bin/cdk'), [...args, '--no-notices'], { cwd: ROOT, stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Refusal(`cdk ${args[0]} ended with ${code}: its own words are above.`)),
    );
  });
