import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Kind, parse } from 'graphql';
import { buildManifest, printManifest } from './trusted';

/** The operations of clients whose texts are in this repository. */
const operationsFolder = join(__dirname, '../../../e2e/operations');
export const manifestFile = join(__dirname, '../../trusted-documents.json');

/** The manifest of the documents in a folder of `.graphql` files, as text; files without an operation are left out. */
export function manifestOf(folder: string = operationsFolder): string {
  const files = readdirSync(folder).filter((file) => file.endsWith('.graphql')).sort();
  const documents = files.map((file) => ({ name: basename(file, '.graphql'), text: readFileSync(join(folder, file), 'utf8') }));
  return printManifest(buildManifest(documents.filter(({ text }) => parse(text).definitions.some((d) => d.kind === Kind.OPERATION_DEFINITION))));
}
