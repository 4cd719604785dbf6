import { serve } from '../runtime/serve.ts';
import { closeCall } from './close-call.ts';
import { holdDelivery } from './hold-delivery.ts';
import { listDeliveries } from './list-deliveries.ts';
import manifest from './manifest.ts';
import { pauseSchool } from './pause-school.ts';
import { releaseDelivery } from './release-delivery.ts';
import { resumeSchool } from './resume-school.ts';
import { sendNow } from './send-now.ts';

export const handler = serve(manifest.api, {
  listDeliveries,
  holdDelivery,
  releaseDelivery,
  sendNow,
  closeCall,
  pauseSchool,
  resumeSchool,
});
