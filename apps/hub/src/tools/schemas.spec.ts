import 'reflect-metadata';
import { printSchemas, readCommitted } from './schemas';

describe('the committed schemas', () => {
  const printed = printSchemas();
  it.each([...printed.keys()])('%s is what the code says (npm run schema prints it)', (file) => {
    expect(readCommitted(file)).toBe(printed.get(file));
  });
});
