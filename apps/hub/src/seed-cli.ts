import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { systemClock } from '@casebridge/kernel';
import { createLogger } from '@casebridge/platform';
import { parseHubConfig, presentDay } from './config';
import { prepareDatabases } from './databases';
import { endWith } from './end-with';
import { progressDisplay } from './progress';
import { ensureSeed } from './seed';
import { type Scale, scales } from './seed/scales';

const help = `Writes the demo data into empty databases, and ends.

  npm run seed -- [--scale demo|province-year|nation] [--seed N] [--today YYYY-MM-DD]

  --scale  demo (some hundred cases, seconds), province-year (a year of one province, under a minute), nation (minutes, several GB)
  --seed   a whole number; the same scale, number and day always make the same data (default 1)
  --today  the day on which the demo world stands still (default HUB_SEED_TODAY, else the last day that is over)

Start the hub afterwards with HUB_SEED and HUB_SEED_NUMBER set to the same values.
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { scale: { type: 'string', default: 'demo' }, seed: { type: 'string', default: '1' }, today: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  const scale = scaleOf(values.scale);
  const number = seedNumberOf(values.seed);
  const asked = values.today === undefined ? null : dayOf(values.today);
  const config = parseHubConfig(process.env);
  if (!config.development) throw new Error('Demo data needs the embedded database bound to loopback, or HUB_DEV=1, and never NODE_ENV=production');
  const display = progressDisplay(process.stderr);
  const logger = createLogger({ name: 'seed', level: config.logLevel, clock: systemClock, ...(process.stderr.isTTY ? { to: display } : {}) });
  let today: string;
  const { addresses, postgres } = await prepareDatabases(config, logger);
  try {
    today = await ensureSeed({ addresses, seed: { scale, number, today: asked ?? config.seed?.today ?? null }, dataDir: config.dataDir, logger, progress: display.show });
  } finally {
    display.end();
    await postgres?.stop();
  }
  process.stdout.write(`seeded scale ${scale} with number ${number} as of ${today}\n`);
}

function scaleOf(text: string): Scale {
  const found = scales.find((scale) => scale === text);
  if (!found) throw new Error(`--scale: must be one of ${scales.join(', ')}`);
  return found;
}

function dayOf(text: string): string {
  const parsed = presentDay.safeParse(text);
  if (!parsed.success) throw new Error(`--today: ${parsed.error.issues[0]?.message ?? 'is not a day'}`);
  return parsed.data;
}

function seedNumberOf(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number >= 2 ** 31) throw new Error('--seed: must be a whole number from 0 to 2147483647');
  return number;
}

main().catch(endWith);
