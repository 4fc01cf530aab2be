import { codeList, type CodeOf } from '@casebridge/kernel';

export const enterpriseKind = codeList('EnterpriseKind', {
  PRODUCER: ['药品生产企业', 'Drug producer'],
  MAH: ['药品上市许可持有人', 'Marketing authorisation holder'],
  WHOLESALER: ['药品批发企业', 'Drug wholesaler'],
  RETAILER: ['药品零售企业', 'Drug retailer'],
  MEDICAL_INSTITUTION: ['医疗机构', 'Medical institution'],
  DEVICE_PRODUCER: ['医疗器械生产企业', 'Medical device producer'],
  DEVICE_DISTRIBUTOR: ['医疗器械经营企业', 'Medical device distributor'],
  COSMETIC_PRODUCER: ['化妆品生产企业', 'Cosmetic producer'],
  ONLINE_PLATFORM: ['网络交易第三方平台', 'Online trading platform'],
  OTHER: ['其他主体', 'Other party'],
});
export type EnterpriseKind = CodeOf<typeof enterpriseKind>;

export const riskTier = codeList('RiskTier', {
  A: ['A级（低风险）', 'A (low risk)'],
  B: ['B级（一般风险）', 'B (moderate risk)'],
  C: ['C级（较高风险）', 'C (elevated risk)'],
  D: ['D级（高风险）', 'D (high risk)'],
});
export type RiskTier = CodeOf<typeof riskTier>;

export const licenceKind = codeList('LicenceKind', {
  DRUG_PRODUCTION: ['药品生产许可证', 'Drug production licence'],
  DRUG_DISTRIBUTION: ['药品经营许可证', 'Drug distribution licence'],
  HOSPITAL_PREPARATION: ['医疗机构制剂许可证', 'Hospital preparation licence'],
  DEVICE_PRODUCTION: ['医疗器械生产许可证', 'Medical device production licence'],
  DEVICE_DISTRIBUTION: ['医疗器械经营许可证', 'Medical device distribution licence'],
  COSMETIC_PRODUCTION: ['化妆品生产许可证', 'Cosmetic production licence'],
  MEDICAL_INSTITUTION: ['医疗机构执业许可证', 'Medical institution practising licence'],
});
export type LicenceKind = CodeOf<typeof licenceKind>;

export const licenceStatus = codeList('LicenceStatus', {
  VALID: ['有效', 'Valid'],
  SUSPENDED: ['暂扣', 'Suspended'],
  REVOKED: ['吊销', 'Revoked'],
  CANCELLED: ['注销', 'Cancelled'],
  EXPIRED: ['过期', 'Expired'],
});
export type LicenceStatus = CodeOf<typeof licenceStatus>;

export const keyPost = codeList('KeyPost', {
  LEGAL_REPRESENTATIVE: ['法定代表人', 'Legal representative'],
  PRINCIPAL: ['企业负责人', 'Head of enterprise'],
  QUALIFIED_PERSON: ['质量受权人', 'Qualified person'],
  QUALITY_HEAD: ['质量负责人', 'Head of quality'],
  PRODUCTION_HEAD: ['生产负责人', 'Head of production'],
  PHARMACOVIGILANCE_HEAD: ['药物警戒负责人', 'Head of pharmacovigilance'],
  TEST_STAFF: ['检验人员', 'Testing staff'],
});
export type KeyPost = CodeOf<typeof keyPost>;

export const productKind = codeList('ProductKind', {
  DRUG: ['药品', 'Drug'],
  VACCINE: ['疫苗', 'Vaccine'],
  TCM_SLICES: ['中药饮片', 'Prepared slices of Chinese crude drugs'],
  HOSPITAL_PREPARATION: ['医疗机构制剂', 'Hospital preparation'],
  DEVICE: ['医疗器械', 'Medical device'],
  COSMETIC: ['化妆品', 'Cosmetic'],
  UNAPPROVED: ['未经批准的产品', 'Unapproved product'],
});
export type ProductKind = CodeOf<typeof productKind>;

export const inspectionKind = codeList('InspectionKind', {
  LICENSING: ['许可检查', 'Licensing inspection'],
  ROUTINE: ['常规检查', 'Routine inspection'],
  FOR_CAUSE: ['有因检查', 'For-cause inspection'],
  OTHER: ['其他检查', 'Other inspection'],
});
export type InspectionKind = CodeOf<typeof inspectionKind>;

/** Level of the authority that arranged an inspection. */
export const inspectionLevel = codeList('InspectionLevel', {
  NATIONAL: ['国家级', 'National'],
  PROVINCE: ['省级', 'Provincial'],
  CITY: ['市级', 'Municipal'],
  DISTRICT: ['县级', 'County or district'],
});
export type InspectionLevel = CodeOf<typeof inspectionLevel>;

export const inspectionStatus = codeList('InspectionStatus', {
  PLANNED: ['已计划', 'Planned'],
  UNDER_WAY: ['检查中', 'Under way'],
  AWAITING_RECTIFICATION: ['待整改', 'Awaiting rectification'],
  CONCLUDED: ['已作综合评定', 'Concluded'],
});
export type InspectionStatus = CodeOf<typeof inspectionStatus>;

export const onSiteConclusion = codeList('OnSiteConclusion', {
  COMPLIANT: ['符合要求', 'Compliant'],
  ASSESS_AFTER_RECTIFICATION: ['待整改后评定', 'To be assessed after rectification'],
  NON_COMPLIANT: ['不符合要求', 'Not compliant'],
});
export type OnSiteConclusion = CodeOf<typeof onSiteConclusion>;

export const overallConclusion = codeList('OverallConclusion', {
  COMPLIANT: ['符合要求', 'Compliant'],
  NON_COMPLIANT: ['不符合要求', 'Not compliant'],
});
export type OverallConclusion = CodeOf<typeof overallConclusion>;

export const defectGrade = codeList('DefectGrade', {
  CRITICAL: ['严重缺陷', 'Critical defect'],
  MAJOR: ['主要缺陷', 'Major defect'],
  MINOR: ['一般缺陷', 'Minor defect'],
});
export type DefectGrade = CodeOf<typeof defectGrade>;

export const defectStatus = codeList('DefectStatus', {
  OPEN: ['待整改', 'Open'],
  RECTIFIED: ['已整改', 'Rectified'],
  VERIFIED: ['已核实', 'Verified'],
  CLOSED: ['已销号', 'Closed'],
});
export type DefectStatus = CodeOf<typeof defectStatus>;

export const regionKind = codeList('RegionKind', {
  PROVINCE: ['省级', 'Province'],
  CITY: ['地级', 'Prefecture-level city'],
  DISTRICT: ['县级', 'County or district'],
  FUNCTIONAL_ZONE: ['功能区', 'Functional zone'],
});
export type RegionKind = CodeOf<typeof regionKind>;
