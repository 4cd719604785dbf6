import { serve } from '../runtime/serve.ts';
import { activate, checkCode } from './activate.ts';
import { answerTotp } from './answer-totp.ts';
import { attachCode } from './attach-code.ts';
import { beginTotp } from './begin-totp.ts';
import { changePassword } from './change-password.ts';
import { confirmEnrolment } from './confirm-enrolment.ts';
import { confirmTotp } from './confirm-totp.ts';
import { listActivations } from './list-activations.ts';
import manifest from './manifest.ts';
import { lettersCsv, lettersPdf, readLetters } from './read-letters.ts';
import { refresh } from './refresh.ts';
import { requestReset } from './request-reset.ts';
import { resetPassword } from './reset-password.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { signOutEverywhere } from './sign-out-everywhere.ts';
import { startLetters } from './start-letters.ts';

export const handler = serve(manifest.api, {
  signIn,
  answerTotp,
  confirmEnrolment,
  refresh,
  signOut,
  checkCode,
  activate,
  requestReset,
  resetPassword,
  changePassword,
  signOutEverywhere,
  attachCode,
  beginTotp,
  confirmTotp,
  listActivations,
  startLetters,
  readLetters,
  lettersPdf,
  lettersCsv,
});
