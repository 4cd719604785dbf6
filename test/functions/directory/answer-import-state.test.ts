import { expect, it } from 'vitest';
import { answerImportAnomalies } from '../../../functions/directory/answer-import-anomalies.ts';
import { answerImportChanges } from '../../../functions/directory/answer-import-changes.ts';
import { answerImportState } from '../../../functions/directory/answer-import-state.ts';
import { importAnomalies, importChanges, importState } from '../../../shared/directory/questions.ts';
import { UAI } from './imports/job-double.ts';
import { GUARDIANS, inspectAgain, PUPILS, scene } from './scene.ts';

it('tells the operator what the page shows the office', async () => {
  const school = await scene();
  const { importId } = await inspectAgain(school, [...PUPILS, { id: '104', name: 'Noé ROY', ine: '' }], GUARDIANS);
  const id = { uai: UAI, importId };
  expect(importState.answer.parse(await answerImportState(id, school.ports))).toMatchObject({
    state: 'inspected',
    counts: { arrivals: 1 },
  });
  expect(importChanges.answer.parse(await answerImportChanges({ ...id, kind: 'arrival', page: 0 }, school.ports))).toMatchObject({
    changes: [{ givenName: 'Noé', familyName: 'ROY' }],
  });
  const { anomalies } = importAnomalies.answer.parse(await answerImportAnomalies({ ...id, language: 'en', page: 0 }, school.ports));
  expect(anomalies.map(({ code }) => code).sort()).toEqual(['pupil-without-guardian', 'pupil-without-ine']);
});
