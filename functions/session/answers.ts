import { answers } from '../runtime/answer.ts';
import { answerIssueCode } from './answer-issue-code.ts';
import manifest from './manifest.ts';

export const handler = answers(manifest.answers, { issueCode: answerIssueCode });
