import { SourceReport } from './source-report';

const [early, late] = [new Date('2026-11-21T08:00:00Z'), new Date('2026-11-21T08:00:01Z')];
const lineOf = (...adds: Parameters<SourceReport['add']> extends [string, ...infer Rest] ? Rest[] : never): unknown => {
  const report = new SourceReport();
  for (const add of adds) report.add('inspection', ...add);
  return report.toJSON()['inspection'];
};

describe('what is told of a service', () => {
  it('is the earliest of its answers, whatever the order, and the worst', () => {
    for (const adds of [[['ok', early], ['refused', late]], [['refused', late], ['ok', early]]] as const) {
      expect(lineOf(...(adds as never as Parameters<typeof lineOf>))).toEqual({ status: 'refused', asOf: early.toISOString() });
    }
  });

  it('is no instant where it gave no answer', () => {
    expect(lineOf(['unavailable', late])).toEqual({ status: 'unavailable', asOf: null });
    expect(lineOf(['unavailable', late], ['ok', late])).toEqual({ status: 'unavailable', asOf: late.toISOString() });
  });

  it('says that some of it was remembered, and since when, also beside what did not come', () => {
    expect(lineOf(['ok', late], ['ok', early, true], ['ok', late])).toEqual({ status: 'ok', asOf: early.toISOString(), cached: true });
    expect(lineOf(['unavailable', early, true])).toEqual({ status: 'unavailable', asOf: early.toISOString(), cached: true });
  });
});
