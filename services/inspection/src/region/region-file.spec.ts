import { RegionFileInvalid } from './region.errors';
import { parseRegionFile } from './region-file';

const header = 'code,name,nameEn,kind,parent\n';
const faultsOf = (text: string): readonly string[] => {
  try {
    parseRegionFile(text);
  } catch (cause) {
    if (cause instanceof RegionFileInvalid) return cause.faults;
    throw cause;
  }
  return [];
};

describe('a file of regions', () => {
  const province = { code: '330000', name: '示例省', nameEn: 'Example Province', kind: 'PROVINCE' };
  const zone = { code: 'ZONE-9', name: '示例,功能区', nameEn: 'Example "Zone"', kind: 'FUNCTIONAL_ZONE', parent: '330000' };
  const drafts = [{ ...province, parentCode: null }, { code: zone.code, name: zone.name, nameEn: zone.nameEn, kind: zone.kind, parentCode: '330000' }];

  it('is CSV or JSON, with or without a byte order mark, and says where each region stands', () => {
    const csv = `${header}330000,示例省,Example Province,PROVINCE,\n\nZONE-9,"示例,功能区","Example ""Zone""",FUNCTIONAL_ZONE,330000\n`;
    for (const text of [csv, `\uFEFF${csv}`, csv.replaceAll('\n', '\r\n')]) {
      expect(parseRegionFile(text)).toEqual([{ at: 'line 2', ...drafts[0] }, { at: 'line 4', ...drafts[1] }]);
    }
    expect(parseRegionFile('parent,kind,nameEn,name,code\n,PROVINCE,Example Province,示例省,330000')).toEqual([{ at: 'line 2', ...drafts[0] }]);
    for (const start of ['', '\uFEFF', '\n ']) {
      expect(parseRegionFile(start + JSON.stringify([province, zone]))).toEqual([{ at: 'record 1', ...drafts[0] }, { at: 'record 2', ...drafts[1] }]);
    }
    expect(parseRegionFile(header)).toEqual([]);
    expect(parseRegionFile('[]')).toEqual([]);
  });

  it('tells every fault, by line and field', () => {
    const names = 'must be one line of 1 to 200 characters, without spaces at its ends';
    expect(faultsOf(`${header}33-1,甲市,A,CITY,\n-1, 甲市,,VILLAGE,x\n330000,甲省,A,PROVINCE,100000\n33-1,甲市,A,CITY,\n330100,甲市,A,CITY,330100\n330200,甲市,A\n"3\u202E",甲,A,CITY,\n`)).toEqual([
      'line 3 code: must be 2 to 20 capital letters, digits and hyphens, no hyphen first', `line 3 name: ${names}`, `line 3 nameEn: ${names}`,
      'line 3 kind: must be one of PROVINCE, CITY, DISTRICT, FUNCTIONAL_ZONE', 'line 3 parent: must be 2 to 20 capital letters, digits and hyphens, no hyphen first',
      'line 4 parent: must be empty: a province lies in no other region', 'line 5 code: 33-1 stands in line 2 already', 'line 6 parent: must be another region',
      'line 7: has 3 cell(s), not 5', 'line 8 code: must be 2 to 20 capital letters, digits and hyphens, no hyphen first',
    ]);
    expect(faultsOf(JSON.stringify([1, null, [], { ...province, level: 1 }, { code: 33, name: null, kind: 'CITY', parent: '' }]))).toEqual([
      'record 1: must be a region', 'record 2: must be a region', 'record 3: must be a region', 'record 4 level: is no field of a region',
      'record 5 code: must be 2 to 20 capital letters, digits and hyphens, no hyphen first', `record 5 name: ${names}`, `record 5 nameEn: ${names}`,
      'record 5 parent: must be 2 to 20 capital letters, digits and hyphens, no hyphen first',
    ]);
  });

  it.each([
    ['', 'is empty'], ['\n\n', 'is empty'], ['code;name;nameEn;kind;parent\n', 'line 1: must name the columns code, name, nameEn, kind, parent'],
    ['code,name,nameEn,kind\n', 'line 1: must name the columns'], ['code,code,name,nameEn,kind,parent\n', 'line 1: must name the columns'],
    [`${header}330000,"甲`, 'line 2: a quote is not closed'], ['[{]', 'not JSON: '], ['{}', 'must be an array of regions'],
  ])('may not be %j', (text, fault) => expect(faultsOf(text)).toEqual([expect.stringContaining(fault)]));
});
