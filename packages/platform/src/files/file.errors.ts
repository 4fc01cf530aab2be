import { DomainError } from '@casebridge/kernel';

export class FileTooLarge extends DomainError {
  readonly code = 'FILE_TOO_LARGE';
  readonly kind = 'BAD_USER_INPUT';
  constructor(limitBytes: number) {
    super(`A file has at most ${limitBytes} bytes`);
  }
}

export class FileEmpty extends DomainError {
  readonly code = 'FILE_EMPTY';
  readonly kind = 'BAD_USER_INPUT';
  constructor() {
    super('The file has no bytes');
  }
}

/** The client ended or broke off before the whole file had come; nothing was stored. */
export class UploadInterrupted extends DomainError {
  readonly code = 'UPLOAD_INTERRUPTED';
  readonly kind = 'BAD_USER_INPUT';
  constructor() {
    super('The upload ended before the whole file had come');
  }
}

/** The bytes on the disk are not those that were stored. A fault of the store, not of the reader: its words stay inside. */
export class FileCorrupted extends Error {
  constructor(readonly sha256: string) {
    super(`The stored bytes of ${sha256} are not those that were stored`);
    this.name = 'FileCorrupted';
  }
}
