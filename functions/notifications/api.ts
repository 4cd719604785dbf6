import { serve } from '../runtime/serve.ts';
import { addBrowser } from './add-browser.ts';
import { askToStop } from './ask-to-stop.ts';
import { changeChannels } from './change-channels.ts';
import { changePreferences } from './change-preferences.ts';
import { closeCall } from './close-call.ts';
import { decideTelling } from './decide-telling.ts';
import { holdDelivery } from './hold-delivery.ts';
import { listBrowsers } from './list-browsers.ts';
import { listDeliveries } from './list-deliveries.ts';
import { listNotices } from './list-notices.ts';
import { listOutOfReach } from './list-out-of-reach.ts';
import { listToldLate } from './list-told-late.ts';
import { listUncalled } from './list-uncalled.ts';
import manifest from './manifest.ts';
import { pauseSchool } from './pause-school.ts';
import { readChannels } from './read-channels.ts';
import { readNotice } from './read-notice.ts';
import { readPreferences } from './read-preferences.ts';
import { readReach } from './read-reach.ts';
import { releaseDelivery } from './release-delivery.ts';
import { removeBrowser } from './remove-browser.ts';
import { resumeSchool } from './resume-school.ts';
import { sendNow } from './send-now.ts';
import { stopNews } from './stop-news.ts';

export const handler = serve(manifest.api, {
  listDeliveries,
  listToldLate,
  listOutOfReach,
  listUncalled,
  holdDelivery,
  releaseDelivery,
  sendNow,
  closeCall,
  decideTelling,
  readReach,
  pauseSchool,
  resumeSchool,
  listBrowsers,
  addBrowser,
  removeBrowser,
  listNotices,
  readNotice,
  readPreferences,
  changePreferences,
  readChannels,
  changeChannels,
  askToStop,
  stopNews,
});
