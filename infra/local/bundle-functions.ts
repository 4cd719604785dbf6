import { bundlerOf } from '../bundle.ts';
import { catalogue } from '../catalogue.ts';

export interface BundlingRequest {
  /** Absolute paths; all functions without. */
  readonly changed?: readonly string[] | undefined;
}

export type BundlingAnswer = { readonly bundled: [entry: string, folder: string][] } | { readonly failed: string };

/**
 * A process of its own, which ends when manifests are edited, so that they are read anew: `fork('bundle-functions.ts', [FOLDER])`.
 * Each request is answered before the next is sent.
 */
const [folder] = process.argv.slice(2);
if (!folder || !process.send) throw new Error('Fork this with a folder: bundle-functions.ts FOLDER');
const tell = (answer: BundlingAnswer) => process.send?.(answer);
const bundler = bundlerOf(catalogue, folder);
process.on('message', ({ changed }: BundlingRequest) => {
  bundler
    .then(({ bundle }) => bundle(changed))
    .then(
      (bundled) => tell({ bundled: [...bundled] }),
      (error: unknown) => tell({ failed: error instanceof Error ? error.message : String(error) }),
    );
});
process.on('disconnect', () => process.exit());
