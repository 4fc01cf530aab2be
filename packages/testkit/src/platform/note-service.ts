import 'reflect-metadata';
import { BadUserInput, uuidv7 } from '@casebridge/kernel';
import {
  buildSubgraph, BothWaysPage, column, connectionType, pageOf, platformAppendOnly, platformMigrations, raw, RequestContext, type ServiceDefinition,
  sql, useCase, visible,
} from '@casebridge/platform';
import { Arg, Args, Ctx, Field, ID, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
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

@Resolver()
class NoteResolver {
  @Query(() => NoteConnection)
  notes(@Args() page: BothWaysPage, @Ctx() ctx: RequestContext): unknown {
    return pageOf(ctx, {
      name: 'notes', type: 'Note', id: 'id', entity: NoteEntity, columns: sql`n.*`, from: raw('note n'),
      where: visible(ctx.reader, 'complaint.content', { owner: column('n', 'agency_code') }),
      order: [{ expression: raw('n.id'), column: 'id', type: 'uuid' }],
    }, page);
  }

  @Query(() => String)
  broken(): string {
    throw new TypeError('select secret from vault');
  }

  @Mutation(() => NoteEntity)
  writeNote(@Arg('text', () => String) text: string, @Arg('idempotencyKey', () => ID) key: string, @Ctx() ctx: RequestContext): Promise<NoteEntity> {
    return writeNote(ctx, { text }, key);
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

export const noteOf = (data: unknown): NoteEntity => (data as { writeNote: NoteEntity }).writeNote;
