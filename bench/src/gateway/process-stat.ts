import { readFile } from 'node:fs/promises';

/** Linux counts CPU time for programs in hundredths of a second, whatever its own clock does. */
const ticksPerSecond = 100;

/** User and system time of `/proc/<pid>/stat`, in milliseconds; the name in brackets may hold anything. */
export function cpuOf(stat: string): number | null {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  return Number.isFinite(ticks) ? (ticks * 1_000) / ticksPerSecond : null;
}

/** `VmRSS` of `/proc/<pid>/status`, in MiB. */
export function residentOf(status: string): number | null {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) / 1_024;
}

const read = (pid: number, file: string): Promise<string | null> => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => null);

/** Null where there is no such file: no Linux, or no such process. */
export async function cpuMilliseconds(pid: number): Promise<number | null> {
  const stat = await read(pid, 'stat');
  return stat === null ? null : cpuOf(stat);
}

export async function residentMiB(pid: number): Promise<number | null> {
  const status = await read(pid, 'status');
  return status === null ? null : residentOf(status);
}
