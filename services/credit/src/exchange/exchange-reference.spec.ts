import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exchangeTables, printExchangePage } from './exchange-reference';

it('is told by docs/reference/exchange.md as it is', () => {
  const told = readFileSync(join(__dirname, '../../../../docs/reference/exchange.md'), 'utf8');
  expect(told).toBe(printExchangePage(told));
  for (const part of exchangeTables) expect(told).toContain(part);
});
