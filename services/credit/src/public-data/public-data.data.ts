import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { penaltyKind, type PenaltyKind } from '@casebridge/contracts';
import { BadUserInput, isCivilDate, publicReader } from '@casebridge/kernel';
import { type DataReply, type DataRequest, readerOf, type Reader, type ServiceDeps } from '@casebridge/platform';
import type { GraphQLSchema } from 'graphql';
import { publicPenaltyFilter } from '../disclosure/public-penalty-filter.source';
import type { PublicPenaltyFilter } from '../disclosure/public-penalty-filter.type';
import { csvOf } from '../exchange/csv-table';
import { caveat, cellsOf, type DictionaryEntry, dictionaryOf, licence, publicColumns } from './public-data-format';
import { type Change, changesSince, editionOf, publicRecords } from './public-record.source';

const types = { csv: 'text/csv; charset=utf-8; header=present', jsonl: 'application/jsonl; charset=utf-8', json: 'application/json; charset=utf-8', jws: 'application/jose' } as const;
type Form = 'csv' | 'jsonl';
/** The kind of signed text. */
const manifestType = 'casebridge-manifest+json';
const dictionaryPath = '/public/data/dictionary.json';

interface Heading {
  readonly title: string;
  readonly asOf: string;
  readonly version: string;
}

/** Bulk data for everybody: made from the same condition as the page and the query, at the moment of reading, so that the three cannot disagree. */
export class PublicData {
  private manifest: { readonly version: string; readonly body: Promise<object> } | null = null;
  private dictionary: readonly DictionaryEntry[] | null = null;

  constructor(private readonly deps: ServiceDeps, private readonly schema: () => GraphQLSchema) {}

  /**
   * `penalties.csv|jsonl` with the conditions of the public query, `changes.csv|jsonl?since=`, `manifest.json|jws`, `dictionary.json`, `key.json`.
   *
   * @throws BadUserInput
   */
  async open({ known, path, query }: DataRequest): Promise<DataReply | null> {
    const reader = readerOf(publicReader, this.deps.directory, this.deps.clock.now());
    const [, name, ending] = /^public\/(penalties|changes|manifest|dictionary|key)\.(csv|jsonl|json|jws)$/.exec(path) ?? [];
    const form = ending === 'csv' || ending === 'jsonl' ? ending : null;
    if (name === 'penalties' && form) return this.penalties(reader, form, query, known);
    if (name === 'changes' && form) return this.changes(reader, form, query);
    if (name === 'manifest' && (ending === 'json' || ending === 'jws')) return this.manifestReply(reader, ending, known);
    if (name === 'dictionary' && ending === 'json') return this.json(reader, { licence, caveat, columns: this.columns() }, known);
    if (name === 'key' && ending === 'json') return this.json(reader, this.deps.signer.publicJwk, known);
    return null;
  }

  private async penalties(reader: Reader, form: Form, asked: DataRequest['query'], known: readonly string[]): Promise<DataReply> {
    const filter = publicPenaltyFilter(filterOf(asked));
    const edition = await editionOf(this.deps, reader, filter);
    const heading = { title: 'penalties', asOf: reader.today, version: edition.version };
    const bom = bomOf(asked);
    const etag = `"${edition.version}-${digest('sha256', JSON.stringify([form, bom, Object.entries(asked).sort()])).slice(0, 16)}"`;
    const body = known.includes(etag) || known.includes('*') ? null : this.file(form, bom, heading, publicRecords(this.deps, reader, filter));
    return { ...about(heading, form), fileName: `penalties-${reader.today}.${form}`, etag, body };
  }

  private file(form: Form, bom: boolean, heading: Heading, records: AsyncIterable<Parameters<typeof cellsOf>[0]>): Readable {
    async function* rows(): AsyncGenerator<string[]> {
      yield publicColumns.map(([column]) => column);
      for await (const record of records) yield cellsOf(record);
    }
    return form === 'csv' ? csvFile(bom, heading, rows()) : jsonLines(heading, records);
  }

  private changes(reader: Reader, form: Form, asked: DataRequest['query']): DataReply {
    const { since } = asked;
    if (!isCivilDate(since) || since > reader.today) throw new BadUserInput('since', 'must be a day that has come, such as 2026-06-01');
    const heading = { title: `changes since ${since}`, asOf: reader.today, version: reader.today };
    const changes = changesSince(this.deps, reader, since);
    async function* rows(): AsyncGenerator<string[]> {
      yield ['op', 'reason', ...publicColumns.map(([column]) => column)];
      for await (const change of changes) yield change.record ? ['put', '', ...cellsOf(change.record)] : ['remove', change.reason, change.id, ...publicColumns.slice(1).map(() => '')];
    }
    const body = form === 'csv' ? csvFile(bomOf(asked), heading, rows()) : jsonLines(heading, lines(changes));
    return { ...about(heading, form), fileName: `changes-${reader.today}.${form}`, etag: null, body };
  }

  private async manifestReply(reader: Reader, form: 'json' | 'jws', known: readonly string[]): Promise<DataReply> {
    const edition = await editionOf(this.deps, reader, publicPenaltyFilter(null));
    const etag = `"${edition.version}-${form}"`;
    const heading = { title: 'manifest', asOf: reader.today, version: edition.version };
    if (known.includes(etag)) return { ...about(heading, form), fileName: null, etag, body: null };
    if (this.manifest?.version !== edition.version) {
      const body = this.manifestOf(reader, heading, edition.records);
      this.manifest = { version: edition.version, body };
      body.catch(() => (this.manifest = null));
    }
    const body = JSON.stringify(await this.manifest?.body);
    return { ...about(heading, form), fileName: null, etag, body: Readable.from([form === 'json' ? `${body}\n` : await this.deps.signer.sign(manifestType, body)]) };
  }

  /** Sizes and checksums of the whole set in each form, as it is given at this version. */
  private async manifestOf(reader: Reader, heading: Heading, records: number): Promise<object> {
    const files = [];
    const all = { ...heading, title: 'penalties' };
    for (const [name, form, bom] of [['penalties.csv', 'csv', false], ['penalties.csv?bom=1', 'csv', true], ['penalties.jsonl', 'jsonl', false]] as const) {
      const hash = createHash('sha256');
      let bytes = 0;
      for await (const part of this.file(form, bom, all, publicRecords(this.deps, reader, publicPenaltyFilter(null))) as AsyncIterable<Buffer | string>) {
        const piece = Buffer.from(part);
        hash.update(piece);
        bytes += piece.length;
      }
      files.push({ name: `/public/data/${name}`, bytes, sha256: hash.digest('hex'), records });
    }
    const dictionary = digest('sha256', JSON.stringify(this.columns()));
    return { asOf: heading.asOf, version: heading.version, licence, caveat, dictionary: { name: dictionaryPath, columnsSha256: dictionary }, files };
  }

  private columns(): readonly DictionaryEntry[] {
    return (this.dictionary ??= dictionaryOf(this.schema()));
  }

  private json(reader: Reader, value: object, known: readonly string[]): DataReply {
    const text = `${JSON.stringify(value)}\n`;
    const etag = `"${digest('sha256', text).slice(0, 32)}"`;
    return { ...about({ title: '', asOf: reader.today, version: '' }, 'json'), fileName: null, etag, body: known.includes(etag) ? null : Readable.from([text]) };
  }
}

const digest = (algorithm: string, text: string): string => createHash(algorithm).update(text).digest('hex');

const about = ({ asOf, version }: Heading, form: keyof typeof types) => ({
  mediaType: types[form], records: [], fields: [],
  headers: { 'x-data-as-of': asOf, 'x-data-licence': licence, 'x-data-caveat': caveat, ...(version === '' ? {} : { 'x-data-version': version }) },
});

/** What the file is stands before its header, in lines that begin with `#` (CSV on the Web: comment prefix). */
function csvFile(bom: boolean, { asOf, title, version }: Heading, rows: AsyncIterable<readonly string[]>): Readable {
  const preamble = [`行政处罚公示 ${title}`, `licence: ${licence}`, `caveat: ${caveat}`, `as-of: ${asOf}`, `version: ${version}`, `dictionary: ${dictionaryPath}`];
  async function* parts(): AsyncGenerator<string | Buffer> {
    yield `${bom ? '\ufeff' : ''}${preamble.map((text) => `# ${text}\r\n`).join('')}`;
    yield* csvOf(rows, { bom: false }) as AsyncIterable<Buffer>;
  }
  return Readable.from(parts(), { objectMode: false });
}

/** One JSON value a line; the first says what the file is. */
function jsonLines(heading: Heading, values: AsyncIterable<object>): Readable {
  async function* parts(): AsyncGenerator<string> {
    yield `${JSON.stringify({ meta: { ...heading, licence, caveat, dictionary: dictionaryPath } })}\n`;
    for await (const value of values) yield `${JSON.stringify(value)}\n`;
  }
  return Readable.from(parts(), { objectMode: false });
}

async function* lines(changes: AsyncIterable<Change>): AsyncGenerator<object> {
  for await (const change of changes) yield change.record ? { op: 'put', record: change.record } : { op: 'remove', id: change.id, reason: change.reason };
}

function bomOf({ bom }: DataRequest['query']): boolean {
  if (bom !== undefined && bom !== '1' && bom !== '0') throw new BadUserInput('bom', 'must be 0 or 1');
  return bom === '1';
}

const single = ['text', 'partyUscc', 'documentNo', 'regionCode', 'authorityCode'] as const;
const days = ['decidedFrom', 'decidedTo', 'publishedFrom', 'publishedTo'] as const;

/** The conditions of the public query as they stand in an address; lists are joined by commas. A name that is none is refused: it would say less than was asked. */
function filterOf(asked: DataRequest['query']): PublicPenaltyFilter {
  const filter: PublicPenaltyFilter = {};
  for (const [name, value] of Object.entries(asked)) {
    const day = days.find((d) => d === name);
    const text = single.find((t) => t === name);
    if (name === 'bom') continue;
    else if (text) filter[text] = value;
    else if (name === 'violationTypes') filter.violationTypes = value.split(',');
    else if (name === 'penaltyKinds') filter.penaltyKinds = value.split(',').map(kindOf);
    else if (day && isCivilDate(value)) filter[day] = value;
    else throw new BadUserInput(`filter.${name}`, day ? 'must be a day such as 2026-06-01' : 'is no condition');
  }
  return filter;
}

function kindOf(code: string): PenaltyKind {
  if (!penaltyKind.is(code)) throw new BadUserInput('filter.penaltyKinds', 'must be kinds of penalty');
  return code;
}
