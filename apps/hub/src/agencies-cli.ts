import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { enforcementService, importAgencies, parseAgencyFile } from '@casebridge/enforcement';
import { stateCouncilCalendar, systemClock } from '@casebridge/kernel';
import { openDatabase, unitOfWork } from '@casebridge/platform';
import { parseRegistryConfig } from './config';
import { endWith } from './end-with';
import { runningDatabases } from './running-databases';

const help = `Registers agencies from a file, and changes those that are registered already. All or nothing; every fault is told.

  npm run agencies -- import FILE

  FILE  a JSON array of { code, name, nameEn, functions, regions, superior, issuer, jwks | jwksUri, officers, status };
        agencies that it does not name stay as they are. See docs/guides/agencies.md.

  The database is that of DATABASE_URL_ENFORCEMENT, or of the hub that runs on the data folder.
`;

async function main([command, file]: readonly string[]): Promise<void> {
  if (command !== 'import' || file === undefined) {
    process.stdout.write(help);
    if (command !== undefined && command !== '--help') throw new Error(`unknown command: ${command}`);
    return;
  }
  const records = parseAgencyFile(await readFile(file, 'utf8'));
  const config = parseRegistryConfig(process.env);
  const url = 'url' in config ? config.url : (await runningDatabases(config.hub)).enforcement.runtimeUrl;
  const dataSource = await openDatabase({
    url, entities: enforcementService.entities, applicationName: 'casebridge-agencies', poolSize: 1,
  });
  try {
    const deps = { name: enforcementService.name, dataSource, clock: systemClock, calendar: stateCouncilCalendar };
    const { registered, updated, unchanged } = await unitOfWork(deps, (tx) => importAgencies(tx, records));
    process.stdout.write(`${registered.length} registered, ${updated.length} changed, ${unchanged.length} unchanged\n`);
  } finally {
    await dataSource.destroy();
  }
}

main(process.argv.slice(2)).catch(endWith);
