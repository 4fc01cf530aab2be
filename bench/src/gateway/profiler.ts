import { rename, writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';

/**
 * The first SIGUSR2 starts a CPU profile of this process, the second writes it; the file is there when it is whole.
 *
 * @param file - null and undefined: signals do nothing
 */
export function profileOnSignal(file: string | null | undefined): void {
  if (!file) return;
  const session = new Session();
  session.connect();
  let running = false;
  const turn = async (): Promise<void> => {
    running = !running;
    if (running) {
      await session.post('Profiler.enable');
      await session.post('Profiler.setSamplingInterval', { interval: 250 });
      await session.post('Profiler.start');
      return;
    }
    const { profile } = await session.post('Profiler.stop');
    await writeFile(`${file}.part`, JSON.stringify(profile));
    await rename(`${file}.part`, file);
  };
  process.on('SIGUSR2', () => void turn().catch((cause: unknown) => process.stderr.write(`profile: ${cause instanceof Error ? cause.message : 'failed'}\n`)));
}
