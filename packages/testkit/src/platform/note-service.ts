import 'reflect-metadata';
import type { EventEnvelope } from '@casebridge/contracts';
import { BadUserInput, uuidv7 } from '@casebridge/kernel';
import {
  buildSubgraph, BothWaysPage, column, connectionType, DiskFileStore, enforcementPlatformMigrations, FileEntity, FileService, pageOf,
  platformAppendOnly, platformMigrations, query, raw, recordLoader, RequestContext, type ServiceDefinition, sql, useCase, visible,
} from '@casebridge/platform';
import { Arg, Args, Ctx, Field, ID, Int, Mutation, ObjectType, Query, Resolver, Root, Subscription } from 'type-graphql';
import { Column, Entity, type MigrationInterface, PrimaryColumn, type QueryRunner } from 'typeorm';

/** The least service there can be: what the platform promises is tested on it. */
@Entity('note')
@ObjectType('Note')
export class NoteEntity {
  @PrimaryColumn('uuid') @Field(() => ID) id!: string;
  @Column('text') @Field(() => String) text!: string;
  @Column('text', { name: 'agency_code' }) @Field(() => String) agencyCode!: string;
}

class CreateNote1800000000000 implements MigrationInterface {
  name = 'CreateNote1800000000000';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('create table note (id uuid not null, text text not null, agency_code text not null, constraint note_pkey primary key (id))');
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table note');
  }
}

const NoteConnection = connectionType('Note', () => NoteEntity);

const writeNote = useCase<{ text: string }, NoteEntity>(
  'writeNote',
  async ({ tx, who }, { text }) => {
    if (text.trim() === '') throw new BadUserInput('text', 'must not be blank');
    return tx.em.save(NoteEntity, { id: uuidv7(tx.clock), text, agencyCode: who.agency.code });
  },
  { revive: (_, stored) => Promise.resolve(stored) },
);

const echo = useCase<{ text: string }, string>('echo', (_, { text }) => Promise.resolve(text), { revive: (_, stored) => Promise.resolve(stored) });

const noteSource = (ctx: RequestContext) => ({
  type: 'Note', id: 'id', entity: NoteEntity, columns: sql`n.*`, from: raw('note n'),
  where: visible(ctx.reader, 'complaint.content', { owner: column('n', 'agency_code') }),
} as const);

const noteLoader = (ctx: RequestContext) => recordLoader(ctx, noteSource(ctx), (ids) => sql`n.id = any(${ids}::uuid[])`, (note) => note.id);

@Resolver()
class NoteResolver {
  @Query(() => NoteConnection)
  notes(@Args() page: BothWaysPage, @Ctx() ctx: RequestContext): unknown {
    return pageOf(ctx, {
      ...noteSource(ctx), name: 'notes',
      order: [{ expression: raw('n.id'), column: 'id', type: 'uuid' }],
    }, page);
  }

  @Query(() => NoteEntity, { nullable: true })
  note(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext): Promise<NoteEntity | null> {
    return ctx.use(noteLoader).load(id);
  }

  @Query(() => Boolean)
  async slow(@Ctx() ctx: RequestContext): Promise<boolean> {
    await query(ctx.deps.dataSource.manager, sql`select pg_sleep(30)`);
    return true;
  }

  @Query(() => String)
  broken(): string {
    throw new TypeError('select secret from vault');
  }

  @Mutation(() => NoteEntity)
  writeNote(@Arg('text', () => String) text: string, @Arg('idempotencyKey', () => ID) key: string, @Ctx() ctx: RequestContext): Promise<NoteEntity> {
    return writeNote(ctx, { text }, key);
  }

  @Mutation(() => String)
  echo(@Arg('text', () => String) text: string, @Arg('idempotencyKey', () => ID) key: string, @Ctx() ctx: RequestContext): Promise<string> {
    return echo(ctx, { text }, key);
  }

  /** Positions of the log, as they come. */
  @Subscription(() => Int, { subscribe: ({ context }: { context: RequestContext }) => context.deps.tail.subscribe({}, new AbortController().signal) })
  told(@Root() event: EventEnvelope): number {
    return event.position;
  }
}

export const noteService: ServiceDefinition = {
  name: 'adr',
  subgraph: () => buildSubgraph({ resolvers: [NoteResolver], references: {} }),
  entities: [NoteEntity],
  migrations: [...platformMigrations, CreateNote1800000000000],
  appendOnly: platformAppendOnly,
  consumes: [],
  handlers: () => [],
};

/** The same with documents: whoever is known may open each of them. */
export const noteServiceWithFiles: ServiceDefinition = {
  ...noteService,
  entities: [NoteEntity, FileEntity],
  migrations: [...enforcementPlatformMigrations, CreateNote1800000000000],
  files: ({ clock, dataSource }, dataDir) =>
    new FileService({ dataSource, clock, store: new DiskFileStore(dataDir), mayOpen: (principal) => Promise.resolve(principal.kind === 'agency') }),
};

export const noteOf = (data: unknown): NoteEntity => (data as { writeNote: NoteEntity }).writeNote;
