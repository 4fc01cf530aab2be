import { caseAccessChanged, type CaseAccessChanged, demoRegions, type EventDraft } from '@casebridge/contracts';
import { composeUscc, uuidv7 } from '@casebridge/kernel';
import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';
import { EnterpriseEntity } from '../enterprise/enterprise.entity';
import { enterpriseSearch } from '../enterprise/enterprise.source';
import { KeyPersonEntity } from '../enterprise/key-person.entity';
import { LicenceEntity } from '../enterprise/licence.entity';
import { InspectionDefectEntity } from '../inspection/inspection-defect.entity';
import { InspectionEntity } from '../inspection/inspection.entity';
import { ProductEntity } from '../product/product.entity';
import { productSearch } from '../product/product.source';
import { RegionEntity } from '../region/region.entity';

/** Builders for tests: lawful records of an invented world, of which a test changes what it is about. */

let made = 0;
export const testNow = new Date('2026-11-21T10:00:00+08:00');
export const newId = (): string => uuidv7(testNow);

/** A credit code that passes its check digits; a new one at each call. */
export const newUscc = (): string => composeUscc({ department: '91', region: '210102', organisation: `MA${String((made += 1)).padStart(6, '0')}` });

type Change<T> = Partial<Omit<T, 'scheduledOn' | 'searchText' | 'searchBigrams'>>;

/** Tests write rows as the seed does: all columns but those that the database works out. */
const insert = async <T extends ObjectLiteral>(db: DataSource, entity: EntityTarget<T>, row: object): Promise<T> => {
  await db.getRepository(entity).insert(row as never);
  return row as T;
};

export const givenRegions = async (db: DataSource, codes: readonly string[] = []): Promise<void> => {
  const rows = demoRegions.map(({ parent, ...rest }) => ({ ...rest, parentCode: parent }));
  const more = codes.map((code) => ({ code, name: `${code}（演示）`, nameEn: `${code} (demo)`, kind: 'FUNCTIONAL_ZONE' as const, parentCode: null }));
  for (const row of [...rows, ...more]) await insert(db, RegionEntity, row);
};

export function givenEnterprise(db: DataSource, change: Change<EnterpriseEntity> = {}): Promise<EnterpriseEntity> {
  const uscc = change.uscc ?? newUscc();
  const row = {
    uscc, name: `甲省演示制药有限公司${made}号`, nameEn: null, kinds: ['PRODUCER' as const], regionCode: '210102', address: '演示路1号', agencyCode: 'MRA-210102',
    riskTier: 'B' as const, riskScore: 40, riskReasons: ['重复缺陷'], registeredOn: '2020-01-02', ...change,
  };
  return insert(db, EnterpriseEntity, { ...row, ...enterpriseSearch(row) });
}

export const givenLicence = (db: DataSource, uscc: string, change: Change<LicenceEntity> = {}): Promise<LicenceEntity> => insert(db, LicenceEntity, {
  id: newId(), uscc, kind: 'DRUG_PRODUCTION', number: `辽2020${String((made += 1)).padStart(4, '0')}`, scope: '片剂', classCode: 'AhBhz', validFrom: '2022-01-01',
  issuedByAgencyCode: 'DRA-210000', validTo: '2026-12-31', status: 'VALID', ...change,
});

export const givenKeyPerson = (db: DataSource, uscc: string, change: Change<KeyPersonEntity> = {}): Promise<KeyPersonEntity> =>
  insert(db, KeyPersonEntity, { id: newId(), uscc, post: 'QUALITY_HEAD', name: '演示人员', fromDate: '2021-05-01', toDate: null, ...change });

export function givenProduct(db: DataSource, change: Change<ProductEntity> = {}): Promise<ProductEntity> {
  const row = {
    id: newId(), kind: 'DRUG' as const, name: '演示片', registrationNo: '国药准字H20260001', holderUscc: null, dosageForm: '片剂', strength: '0.5g',
    domain: 'DRUG' as const, ...change,
  };
  return insert(db, ProductEntity, { ...row, ...productSearch(row) });
}

/** Planned; `concluded` and `underWay` give what comes later. */
export const givenInspection = (db: DataSource, uscc: string, change: Change<InspectionEntity> = {}): Promise<InspectionEntity> =>
  insert(db, InspectionEntity, {
    id: newId(), inspectionNo: `演检〔2026〕${(made += 1)}号`, uscc, medicalInstitution: false, kind: 'ROUTINE', unannounced: false, level: 'DISTRICT',
    status: 'PLANNED', agencyCode: 'MRA-210102', regionCode: '210102', plannedOn: '2026-10-01', conductedOn: null, concludedAt: null,
    onSiteConclusion: null, conclusion: null, publishedOn: null, publicationEndsOn: null, partCodes: [], caseIds: [], team: [], version: 1, ...change,
  });

export const underWay: Change<InspectionEntity> = { status: 'UNDER_WAY', conductedOn: '2026-10-12', team: ['演示-1', '演示-2'] };

export const concluded: Change<InspectionEntity> = {
  ...underWay, status: 'CONCLUDED', onSiteConclusion: 'COMPLIANT', conclusion: 'COMPLIANT', concludedAt: new Date('2026-10-20T09:00:00+08:00'),
};

export const givenDefect = (db: DataSource, inspectionId: string, change: Change<InspectionDefectEntity> = {}): Promise<InspectionDefectEntity> =>
  insert(db, InspectionDefectEntity, {
    id: newId(), inspectionId, grade: 'MINOR', clause: 'GMP 第10条', description: '记录不完整', status: 'OPEN', repeat: false, clearedOn: null, ...change,
  });

/** What enforcement tells the others of a case: unsealed, nobody excluded, filed by an agency that no test reads as. */
export const caseAccess = (change: Partial<CaseAccessChanged> = {}): EventDraft<CaseAccessChanged> => {
  const caseId = change.caseId ?? newId();
  return {
    type: caseAccessChanged.type,
    subject: `case:${caseId}`,
    data: {
      caseId, version: 1, agencyCode: 'DRA-220000', regionCode: '220100', enterpriseUscc: null, respondentKind: 'ENTERPRISE',
      filedAt: '2026-10-01T01:00:00.000Z', servedOn: null, parts: [], sealedUntil: null, sealOfficers: [], sealParties: [], excluded: [],
      acknowledge: false, ...change,
    },
  };
};
