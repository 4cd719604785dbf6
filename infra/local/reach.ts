import { stageName } from './arguments.ts';
import { Refusal } from './progress.ts';
import { emulatorEnvironment } from './start-emulator.ts';
import { folders, LOCAL_STAGE, readSystem } from './system.ts';

/** Points AWS clients at a stage on AWS, or without one at the system that runs on this machine; answers the stage's name. */
export function reach(stage: string | undefined, system: string, region: string): string {
  if (stage !== undefined && stage !== LOCAL_STAGE) {
    process.env.AWS_REGION = region;
    return stageName(stage);
  }
  const running = readSystem(folders(system));
  if (!running) throw new Refusal('Préau is not running here: npm start first, or say which stage on AWS with -- --stage NAME.');
  Object.assign(process.env, emulatorEnvironment(running.emulator));
  return running.stage;
}
