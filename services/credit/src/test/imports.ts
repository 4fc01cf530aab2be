import { Readable } from 'node:stream';
import { type AgencyReader, composeUscc } from '@casebridge/kernel';
import type { JobSite } from '@casebridge/platform';
import { importWaiting } from '../exchange/penalty-import.runner';
import type { World } from './world';

// Files of penalty decisions, as an agency sends them.

export const importedUscc = composeUscc({ department: '91', region: '210102', organisation: 'TE900001' });
const columns = [
  'CF_XDR_MC', 'CF_XDR_LB', 'CF_XDR_SHXYM', 'CF_WSH', 'CF_WFXW', 'CF_SY', 'CF_YJ', 'CF_CFLB', 'CF_NR', 'CF_NR_FK', 'CF_JDRQ', 'CF_GSJZQ', 'CF_CFJG',
] as const;

/** A row in which nothing is wrong, with what is given instead. */
export function line(no: number, more: Partial<Record<(typeof columns)[number], string>> = {}): string[] {
  const row = {
    CF_XDR_MC: `示例导入${no}号药房`, CF_XDR_LB: '法人及非法人组织', CF_XDR_SHXYM: importedUscc, CF_WSH: `示例药监导入罚〔2026〕${no}号`, CF_WFXW: '生产、销售劣药', CF_SY: '销售劣药',
    CF_YJ: '药品管理法第117条', CF_CFLB: '罚款', CF_NR: '罚款1.2万元', CF_NR_FK: '1.2', CF_JDRQ: '2026-06-01', CF_GSJZQ: '', CF_CFJG: 'DRUG-own', ...more,
  };
  return columns.map((code) => row[code]);
}

export const csv = (...rows: string[][]): string => [[...columns], ...rows].map((row) => row.join(',')).join('\n');

export const send = async (world: World, who: AgencyReader, bytes: string | Buffer): Promise<string> => {
  const request = { path: 'exchange/penalty-records', query: {}, known: [], requestId: 'r' };
  return ((await world.service.runtime.data!.take(who, request, Readable.from([Buffer.from(bytes)]))) as { id: string }).id;
};

export const readSent = (world: World, stopping: JobSite['stopping'] = new AbortController().signal): Promise<void> =>
  importWaiting({ deps: world.service.deps, dataDir: world.dataDir, stopping });
