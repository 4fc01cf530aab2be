import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Supergraphs } from './artefact';

const kept = z.object({ supergraphSdl: z.string(), publicSupergraphSdl: z.string().optional(), releasedAt: z.string().nullable() });

/** The supergraphs that were served last, on disk: what is served when a new one is broken or cannot be had at the start. */
export class LastGood {
  constructor(private readonly file: string) {}

  /** Null where there is none, or none that can be read. */
  async read(): Promise<Supergraphs | null> {
    try {
      const { publicSupergraphSdl, ...rest } = kept.parse(JSON.parse(await readFile(this.file, 'utf8')));
      return { ...rest, ...(publicSupergraphSdl === undefined ? {} : { publicSupergraphSdl }) };
    } catch {
      return null;
    }
  }

  async keep(supergraphs: Supergraphs): Promise<void> {
    await mkdir(dirname(this.file), { recursive: true });
    const draft = `${this.file}.${process.pid}.draft`;
    await writeFile(draft, JSON.stringify(supergraphs));
    await rename(draft, this.file);
  }
}
