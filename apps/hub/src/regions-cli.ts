import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { importRegionFile, inspectionService, parseRegionFile, type RegionDraft, type RegionImport } from '@casebridge/inspection';
import { stateCouncilCalendar, systemClock } from '@casebridge/kernel';
import { openDatabase, unitOfWork } from '@casebridge/platform';
import { parseRegistryConfig } from './config';
import { endWith } from './end-with';
import { runningDatabases } from './running-databases';

const help = `Writes regions from a file, new or changed, and says which. All or nothing; every fault is told.

  npm run regions -- import FILE

  FILE  CSV with the columns code,name,nameEn,kind,parent (in any order), or a JSON array of such records, in UTF-8.
        Regions that it does not name stay as they are. See docs/guides/regions.md.

  The database is that of DATABASE_URL_INSPECTION, or of the hub that runs on the data folder.
`;

async function main([command, file]: readonly string[]): Promise<void> {
  if (command !== 'import' || file === undefined) {
    process.stdout.write(help);
    if (command !== undefined && command !== '--help') throw new Error(`unknown command: ${command}`);
    return;
  }
  const records = parseRegionFile(utf8(await readFile(file)));
  const config = parseRegistryConfig(process.env, 'inspection');
  const url = 'url' in config ? config.url : (await runningDatabases(config.hub)).inspection.runtimeUrl;
  const dataSource = await openDatabase({ url, entities: inspectionService.entities, applicationName: 'casebridge-regions', poolSize: 1 });
  try {
    const deps = { name: inspectionService.name, dataSource, clock: systemClock, calendar: stateCouncilCalendar };
    process.stdout.write(reportOf(await unitOfWork(deps, (tx) => importRegionFile(tx, records))));
  } finally {
    await dataSource.destroy();
  }
}

/** Spreadsheets like to write other encodings, in which Chinese names would come out as something else. */
function utf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error('The file of regions is not in UTF-8');
  }
}

const fields = { name: 'name', nameEn: 'nameEn', kind: 'kind', parentCode: 'parent' } as const;
const shown = (region: RegionDraft, field: keyof typeof fields): string => region[field] ?? 'none';

function reportOf({ added, changed, unchanged }: RegionImport): string {
  const lines = [
    ...added.map((r) => `new ${r.code} ${r.name} (${r.nameEn}), ${r.kind}${r.parentCode === null ? '' : ` in ${r.parentCode}`}`),
    ...changed.map(({ before, after }) => {
      const differing = (Object.keys(fields) as (keyof typeof fields)[]).filter((field) => before[field] !== after[field]);
      return `changed ${after.code} ${differing.map((field) => `${fields[field]}: ${shown(before, field)} → ${shown(after, field)}`).join('; ')}`;
    }),
    `${added.length} new, ${changed.length} changed, ${unchanged} unchanged`,
  ];
  return `${lines.join('\n')}\n`;
}

main(process.argv.slice(2)).catch(endWith);
