import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { servingFlags } from './processes';

describe('what node is given', () => {
  const home = resolve(__dirname, '../..');
  const { scripts } = JSON.parse(readFileSync(resolve(home, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

  it.each(['start', 'gateway'])('in a bench is what npm run %s gives it', (script) => {
    expect(scripts[script]).toContain(`exec node ${servingFlags.join(' ')} `);
  });

  it.each([['Dockerfile', 'apps/hub/dist/main.js'], ['docker-compose.yml', 'gateway/dist/main.js']])('in a bench is what %s gives it', (file, program) => {
    expect(readFileSync(resolve(home, file), 'utf8')).toContain(`["node", ${servingFlags.map((flag) => `"${flag}", `).join('')}"${program}"]`);
  });
});
