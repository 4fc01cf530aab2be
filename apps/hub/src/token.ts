import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { demoAgencies } from '@casebridge/contracts';
import { developmentIssuer, systemClock } from '@casebridge/kernel';
import { introspectionScope, isOfficerRole, mintDevelopmentToken, officerRoles } from '@casebridge/platform';
import { prepareDataDir } from '@casebridge/platform/dist/embedded-postgres';
import { parseHubConfig } from './config';
import { endWith } from './end-with';

const help = `Prints a development token and nothing else; it ends with another status than 0 where there is none.

  npm run token -- --agency CODE [--officer ID] [--role officer|head|reviewer|auditor|analyst|system]… [--scope SCOPE]… [--purpose TEXT] [--expires 1h]

  --agency   code of a registered agency, e.g. MRA-210100
  --officer  id of the officer; by default CODE-2, or CODE-1 with --role head
  --role     may be given more than once; by default the roles that the registry has for the officer
  --scope    may be given more than once, e.g. hub:registry
  --expires  e.g. 30m, 1h, 1d (default 1h)
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      agency: { type: 'string' }, officer: { type: 'string' }, role: { type: 'string', multiple: true }, scope: { type: 'string', multiple: true },
      purpose: { type: 'string' }, expires: { type: 'string', default: '1h' }, help: { type: 'boolean', default: false },
    },
  });
  if (values.help || !values.agency) {
    (values.help ? process.stdout : process.stderr).write(help);
    if (!values.help) throw new Error('--agency is missing');
    return;
  }
  const config = parseHubConfig(process.env);
  if (!config.development) throw new Error('Development tokens exist only on the embedded database bound to loopback, or with HUB_DEV=1');
  const officerId = values.officer ?? (values.role?.includes('head') ? `${values.agency}-1` : `${values.agency}-2`);
  const agency = demoAgencies.find((a) => a.code === values.agency)
    ?? { code: values.agency, issuer: developmentIssuer(values.agency), status: 'ACTIVE' as const, officers: [] };
  if (agency.officers.length === 0) {
    process.stderr.write(`${values.agency} is not an agency of the demo data: unless it was registered since, the hub answers 401 AGENCY_UNKNOWN\n`);
  }
  const unknown = values.role?.filter((role) => !isOfficerRole(role)) ?? [];
  if (unknown.length > 0) throw new Error(`--role: ${unknown.join(', ')} is not one of officer, head, reviewer, auditor, analyst, system`);
  // Before the first start the folder is not there yet; it must become what PostgreSQL can live in.
  await prepareDataDir(config.dataDir);
  const token = await mintDevelopmentToken({
    dataDir: config.dataDir, nodeEnv: config.nodeEnv, agency, officerId, clock: systemClock, scopes: [...(values.scope ?? []), introspectionScope],
    purpose: values.purpose ?? null, expiresIn: values.expires, ...(values.role ? { roles: officerRoles(values.role) } : {}),
  });
  process.stdout.write(`${token}\n`);
}

main().catch(endWith);
