import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { type Finding, verifyPackage } from '@casebridge/enforcement';
import { readPublicKeys } from '@casebridge/platform';
import { endWith } from './end-with';

const help = `Checks the package of a referral (案卷包), offline.

  npm run package -- verify FILE [--keys signing-keys.json] [--quiet]

  --keys   public keys of the hub, as its GET /files/signing-keys.json gives them; without them the package is checked against the keys that are in
           it, and anybody could have made it
  --quiet  only what is wrong

Ends with status 0 when the package is whole and signed by the keys that were given, with 2 when it is whole and no keys were given, else with 1.
`;

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { keys: { type: 'string' }, quiet: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  const [command, file, ...more] = positionals;
  if (values.help || command !== 'verify' || file === undefined || more.length > 0) {
    process.stdout.write(help);
    process.exitCode = values.help ? 0 : 1;
    return;
  }
  const findings = await verifyPackage(file, values.keys === undefined ? null : await readPublicKeys(values.keys));
  for (const finding of findings) if (!values.quiet || !finding.ok) process.stdout.write(`${line(finding)}\n`);
  const faults = findings.filter(({ ok }) => !ok).length;
  process.stdout.write(faults === 0 ? `whole: ${findings.length} checks${values.keys === undefined ? '; WHO made it was not checked: give the keys of the hub with --keys' : ''}\n` : `NOT whole: ${faults} of ${findings.length} checks failed\n`);
  process.exitCode = faults > 0 ? 1 : values.keys === undefined ? 2 : 0;
}

const line = ({ about, ok, says }: Finding): string => `${ok ? 'ok  ' : 'FAIL'} ${about}: ${says}`;

main().catch(endWith);
