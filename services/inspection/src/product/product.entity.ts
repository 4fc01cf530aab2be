import type { ProductDomain, ProductKind } from '@casebridge/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('product')
export class ProductEntity {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('text') kind!: ProductKind;
  @Column('text') name!: string;
  @Column('text', { name: 'registration_no', nullable: true }) registrationNo!: string | null;
  /** The marketing authorisation holder, registrant or filer. */
  @Column('text', { name: 'holder_uscc', nullable: true }) holderUscc!: string | null;
  @Column('text', { name: 'dosage_form', nullable: true }) dosageForm!: string | null;
  @Column('text', { nullable: true }) strength!: string | null;
  @Column('text') domain!: ProductDomain;
  @Column('text', { name: 'search_text', select: false }) searchText!: string;
  @Column('text', { name: 'search_bigrams', array: true, select: false }) searchBigrams!: string[];
}
