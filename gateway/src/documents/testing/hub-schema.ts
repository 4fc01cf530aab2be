import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Supergraph } from '@apollo/federation-internals';
import { parse } from 'graphql';
import { stripSecurity } from '../../authorization';
import { readCostModel } from '../../limits/cost-model';
import { limitsOf } from '../../limits/document-limits';
import { Documents, type DocumentsOptions } from '../documents';

const gateway = join(__dirname, '../../..');
const sdl = readFileSync(join(gateway, 'supergraph.graphql'), 'utf8');

/** What the hub answers, from the committed supergraph. */
export const hubSchema = Supergraph.build(stripSecurity(sdl).sdl, { validateSupergraph: false }).apiSchema().toGraphQLJSSchema();

export const hubDocuments = (options: Partial<DocumentsOptions> = {}): Documents =>
  new Documents({ schema: hubSchema, limits: limitsOf('hub'), costs: readCostModel(sdl), ...options });

const operations = join(gateway, '../e2e/operations');

/** Texts that clients send, by the name of the file. */
export const clientTexts: ReadonlyMap<string, string> = new Map(
  readdirSync(operations).filter((file) => file.endsWith('.graphql')).map((file) => [file.replace('.graphql', ''), readFileSync(join(operations, file), 'utf8')]),
);

/** The operations of a text. */
export const namesIn = (text: string): string[] => parse(text).definitions.flatMap((d) => (d.kind === 'OperationDefinition' && d.name ? [d.name.value] : []));
