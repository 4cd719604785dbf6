import { bundleFunctions } from '../bundle.ts';
import { catalogue } from '../catalogue.ts';

/** A process of its own for each bundling, so that edited manifests are read anew: `node bundle-functions.ts FOLDER`. */
const [folder] = process.argv.slice(2);
if (!folder) throw new Error('Say where: bundle-functions.ts FOLDER');
console.log(JSON.stringify([...(await bundleFunctions(catalogue, folder))]));
