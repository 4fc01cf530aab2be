import { cpuMilliseconds, cpuOf, residentMiB, residentOf } from './process-stat';

describe('what the system tells of a process', () => {
  it('is read behind a name that may hold anything', () => {
    expect(cpuOf('42 (node ) (x 1 2) S 1 42 42 0 -1 4194560 100 0 0 0 150 25 0 0 20 0 11 0 1 2 3')).toBe(1_750);
    expect(cpuOf('nonsense')).toBeNull();
  });

  it('is memory in MiB', () => {
    expect(residentOf('Name:\tnode\nVmPeak:\t  9 kB\nVmRSS:\t  204800 kB\n')).toBe(200);
    expect(residentOf('Name:\tnode\n')).toBeNull();
  });

  it('is nothing of a process that is not there', async () => {
    expect(await cpuMilliseconds(0)).toBeNull();
    expect(await residentMiB(0)).toBeNull();
  });
});
