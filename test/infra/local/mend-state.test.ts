import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mendState, returned, rewound } from '../../../infra/local/mend-state.ts';

const saved = {
  __ministack_format__: 2,
  payload: {
    functions: { kept: true },
    dynamodb_stream_positions: {
      __account_region_scoped__: true,
      data: { "000\u0000eu-west-3\u0000'm-1'": 41, "000\u0000eu-west-3\u0000'm-2'": 7 },
    },
  },
};

describe('the saved positions of the streams', () => {
  it('are set to the beginning, for the records they counted are gone', () => {
    const { payload } = rewound(saved) as typeof saved;
    expect(Object.values(payload.dynamodb_stream_positions.data)).toEqual([0, 0]);
    expect(Object.keys(payload.dynamodb_stream_positions.data)).toEqual(Object.keys(saved.payload.dynamodb_stream_positions.data));
  });

  it('change nothing else of what was saved', () => {
    const { payload, __ministack_format__ } = rewound(saved) as typeof saved;
    expect({
      __ministack_format__,
      functions: payload.functions,
      scoped: payload.dynamodb_stream_positions.__account_region_scoped__,
    }).toEqual({
      __ministack_format__: 2,
      functions: { kept: true },
      scoped: true,
    });
  });

  it('may be missing, as may the file', () => {
    expect(rewound({ payload: {} })).toEqual({ payload: {} });
    const folder = mkdtempSync(join(tmpdir(), 'preau-'));
    try {
      mendState(folder);
      writeFileSync(join(folder, 'lambda.json'), JSON.stringify(saved));
      mendState(folder);
      expect(JSON.parse(readFileSync(join(folder, 'lambda.json'), 'utf8'))).toEqual(rewound(saved));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a saved queue', () => {
  const inHand = { id: 'a', body: 'one', visible_at: 9_999_999_999, receive_count: 1, receipt_handle: 'held' };
  const waiting = { id: 'b', body: 'two', visible_at: 9_999_999_999, receive_count: 0, receipt_handle: null };
  const queue = { name: 'urgent', attributes: { VisibilityTimeout: '180' }, messages: [inHand, waiting] };
  const state = { __ministack_format__: 2, payload: { queues: { __account_region_scoped__: true, data: { urgent: queue } } } };

  it('shows again at once what was in the hand of a function that has ended, and nothing before its time', () => {
    const { payload } = returned(state) as typeof state;
    expect(payload.queues.data.urgent.messages).toEqual([{ ...inHand, visible_at: 0 }, waiting]);
  });

  it('is left alone but for that', () => {
    const { messages: _, ...rest } = queue;
    const mended = returned(state) as typeof state;
    expect(mended).toMatchObject({
      __ministack_format__: 2,
      payload: { queues: { __account_region_scoped__: true, data: { urgent: rest } } },
    });
    expect(returned({ payload: {} })).toEqual({ payload: {} });
  });
});
