import type { Readable } from 'node:stream';
import { Forbidden, isUuid, uuidv7, type AgencyReader, type Clock, type OfficerRole, type Principal } from '@casebridge/kernel';
import type { DataSource } from 'typeorm';
import type { FilePort, MadeFile, StoredFile } from '../graph/service-port';
import { FileEntity } from './file.entity';
import { maxFileBytes, type FileStore } from './file-store';

export interface FileServiceOptions {
  readonly dataSource: DataSource;
  readonly store: FileStore;
  readonly clock: Clock;
  /** Whether a record that names the file is open to the reader, documents included. */
  readonly mayOpen: (principal: Principal, fileId: string) => Promise<boolean>;
  /** What is made on request, by its path. */
  readonly make?: (principal: Principal, path: string) => Promise<MadeFile | null>;
  /** Whether a record that names the file is sealed from the reader, or he is excluded from it: holds against the uploader's agency too. */
  readonly isBarred?: (reader: AgencyReader, fileId: string) => Promise<boolean>;
}

/** Roles that act; who only reads figures or the audit has nothing to hand in. */
const uploading: readonly OfficerRole[] = ['officer', 'head', 'reviewer', 'system'];

/** Documents of the records of one service, with the rights of the record that names them. */
export class FileService implements FilePort {
  constructor(private readonly options: FileServiceOptions) {}

  /**
   * @throws Forbidden for a reader without a role that acts
   * @throws FileTooLarge, FileEmpty, UploadInterrupted
   */
  async store(principal: AgencyReader, body: Readable, { limitBytes = maxFileBytes }: { readonly limitBytes?: number } = {}): Promise<StoredFile> {
    const { clock, dataSource, store } = this.options;
    if (!principal.roles.some((role) => uploading.includes(role))) throw new Forbidden('Files are handed in by officers');
    // Bytes first: a row that names bytes which never came would be a document that cannot be opened.
    const bytes = await store.put(body, limitBytes);
    const id = uuidv7(clock);
    await dataSource.getRepository(FileEntity).insert({
      id, ...bytes, agencyCode: principal.agency.code, officerId: principal.officerId, uploadedAt: clock.now(),
    });
    return { id, ...bytes };
  }

  /** @returns null for absent and forbidden alike, after the same questions */
  async open(principal: Principal, id: string): Promise<(StoredFile & { readonly stream: Readable }) | null> {
    if (!isUuid(id)) return null;
    const found = await this.options.dataSource.getRepository(FileEntity).findOneBy({ id });
    // Asked for a file that is absent too, so that the time of the answer does not tell the two apart.
    const allowed = await this.allows(principal, id, found?.agencyCode ?? null);
    if (!found || !allowed) return null;
    const { mediaType, sha256, size } = found;
    const stream = await this.options.store.open(sha256);
    if (!stream) throw new Error(`The bytes of file ${id} are missing from the store`);
    return { id, sha256, size, mediaType, stream };
  }

  async make(principal: Principal, path: string): Promise<MadeFile | null> {
    return (await this.options.make?.(principal, path)) ?? null;
  }

  private async allows(principal: Principal, id: string, uploader: string | null): Promise<boolean> {
    const { isBarred, mayOpen } = this.options;
    if (await mayOpen(principal, id)) return true;
    if (principal.kind === 'public' || principal.agency.code !== uploader) return false;
    if (!principal.roles.some((role) => uploading.includes(role))) return false; // auditors and analysts read no documents
    return !(await isBarred?.(principal, id));
  }
}
