import { serve } from '../../../../../functions/runtime/serve.ts';
import library from './manifest.ts';

export const handler = serve(library.api, { readHours: () => '8–17' });
