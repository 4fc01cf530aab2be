import { codeList, type CodeOf } from '@casebridge/kernel';

export const reportKind = codeList('ReportKind', {
  SPONTANEOUS: ['个例药品不良反应', 'Individual adverse reaction'],
  AEFI: ['疑似预防接种异常反应', 'Adverse event following immunisation'],
  GROUP_EVENT: ['药品群体不良事件', 'Group adverse event'],
  DEVICE_EVENT: ['医疗器械不良事件', 'Medical device adverse event'],
  COSMETIC_REACTION: ['化妆品不良反应', 'Cosmetic adverse reaction'],
});
export type ReportKind = CodeOf<typeof reportKind>;

export const seriousness = codeList('Seriousness', {
  DEATH: ['导致死亡', 'Death'],
  LIFE_THREATENING: ['危及生命', 'Life-threatening'],
  HOSPITALISATION: ['导致住院或住院时间延长', 'Hospitalisation or its prolongation'],
  DISABILITY: ['导致显著的或永久的残疾', 'Significant or permanent disability'],
  CONGENITAL_ANOMALY: ['先天性异常', 'Congenital anomaly'],
  OTHER_IMPORTANT: ['其他重要医学事件', 'Other important medical event'],
  NOT_SERIOUS: ['一般', 'Not serious'],
});
export type Seriousness = CodeOf<typeof seriousness>;

export const causality = codeList('Causality', {
  CERTAIN: ['肯定', 'Certain'],
  PROBABLE: ['很可能', 'Probable'],
  POSSIBLE: ['可能', 'Possible'],
  UNLIKELY: ['可能无关', 'Unlikely'],
  PENDING: ['待评价', 'Pending'],
  UNASSESSABLE: ['无法评价', 'Unassessable'],
});
export type Causality = CodeOf<typeof causality>;

export const reactionOutcome = codeList('ReactionOutcome', {
  RECOVERED: ['痊愈', 'Recovered'],
  RECOVERING: ['好转', 'Recovering'],
  NOT_RECOVERED: ['未好转', 'Not recovered'],
  SEQUELAE: ['有后遗症', 'Recovered with sequelae'],
  FATAL: ['死亡', 'Fatal'],
  UNKNOWN: ['不详', 'Unknown'],
});
export type ReactionOutcome = CodeOf<typeof reactionOutcome>;

export const patientSex = codeList('PatientSex', { MALE: ['男', 'Male'], FEMALE: ['女', 'Female'], UNKNOWN: ['不详', 'Unknown'] });
export type PatientSex = CodeOf<typeof patientSex>;

/** Ten-year bands and no more: an exact age beside a place could name a person. */
export const ageBand = codeList('AgeBand', {
  UNDER_1: ['不满1岁', 'Under 1'],
  AGE_1_9: ['1至9岁', '1 to 9'],
  AGE_10_19: ['10至19岁', '10 to 19'],
  AGE_20_39: ['20至39岁', '20 to 39'],
  AGE_40_59: ['40至59岁', '40 to 59'],
  AGE_60_79: ['60至79岁', '60 to 79'],
  AGE_80_PLUS: ['80岁及以上', '80 and over'],
  UNKNOWN: ['不详', 'Unknown'],
});
export type AgeBand = CodeOf<typeof ageBand>;

export const complaintKind = codeList('ComplaintKind', { COMPLAINT: ['投诉', 'Complaint'], REPORT: ['举报', 'Report of a breach'] });
export type ComplaintKind = CodeOf<typeof complaintKind>;

export const complaintStatus = codeList('ComplaintStatus', {
  RECEIVED: ['已收到', 'Received'],
  ACCEPTED: ['已受理', 'Accepted'],
  NOT_ACCEPTED: ['不予受理', 'Not accepted'],
  CHECKING: ['核查中', 'Being checked'],
  IN_MEDIATION: ['调解中', 'In mediation'],
  SUBSTANTIATED: ['查证属实', 'Substantiated'],
  NOT_SUBSTANTIATED: ['未查实', 'Not substantiated'],
  CLOSED: ['已办结', 'Closed'],
});
export type ComplaintStatus = CodeOf<typeof complaintStatus>;
