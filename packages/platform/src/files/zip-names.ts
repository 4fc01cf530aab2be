const localHeader = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
const fixedLength = 30;
const maxEntries = 200;

export interface ZipHead {
  /** Names of the entries whose headers lie in the head, in their order. */
  readonly names: readonly string[];
  /** Text of a first entry `mimetype` that is stored uncompressed, as OpenDocument and EPUB have it. */
  readonly declaredType: string | null;
}

/**
 * Names that the beginning of a ZIP archive shows, found by their signature; nothing is unpacked, so there is no bomb to go off.
 */
export function zipHead(head: Buffer): ZipHead {
  const names: string[] = [];
  let declaredType: string | null = null;
  for (let at = head.indexOf(localHeader); at !== -1 && names.length < maxEntries; at = head.indexOf(localHeader, at + 4)) {
    if (at + fixedLength > head.length) break;
    const nameLength = head.readUInt16LE(at + 26);
    const extraLength = head.readUInt16LE(at + 28);
    const name = head.toString('utf8', at + fixedLength, Math.min(at + fixedLength + nameLength, head.length));
    if (at === 0 && name === 'mimetype' && head.readUInt16LE(at + 8) === 0) {
      const start = at + fixedLength + nameLength + extraLength;
      declaredType = head.toString('latin1', start, Math.min(start + head.readUInt32LE(at + 18), start + 100, head.length));
    }
    names.push(name);
  }
  return { names, declaredType };
}
