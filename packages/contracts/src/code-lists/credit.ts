import { codeList, type CodeOf } from '@casebridge/kernel';

export const punishmentKind = codeList('PunishmentKind', {
  DISHONESTY_LISTING: ['列入严重违法失信名单', 'Entry in the serious-dishonesty list'],
  INDUSTRY_BAN: ['行业禁入', 'Industry ban'],
  BUSINESS_RESTRICTION: ['限制开展生产经营活动', 'Restriction of business'],
  APPLICATION_BAR: ['不受理申请', 'Bar on applications'],
});
export type PunishmentKind = CodeOf<typeof punishmentKind>;

export const punishmentStatus = codeList('PunishmentStatus', {
  PENDING: ['待公示', 'Not yet published'],
  IN_FORCE: ['有效', 'In force'],
  REPAIRED: ['已修复', 'Lifted early after credit repair'],
  EXPIRED: ['已届满', 'Expired'],
  REVOKED: ['已撤销', 'Revoked'],
});
export type PunishmentStatus = CodeOf<typeof punishmentStatus>;

export const disclosureClass = codeList('DisclosureClass', {
  MINOR: ['轻微', 'Minor'],
  GENERAL: ['一般', 'General'],
  SERIOUS_DOMAIN: ['重点领域', 'Key domain (food, drugs, devices, cosmetics)'],
  SERIOUS_RESTRICTION: ['限制性处罚', 'Restriction, suspension or ban'],
  SERIOUS_QUALIFICATION: ['资格类处罚', 'Downgrade, revocation or closure'],
});
export type DisclosureClass = CodeOf<typeof disclosureClass>;

export const disclosureChannel = codeList('DisclosureChannel', {
  ENTERPRISE_CREDIT_SYSTEM: ['国家企业信用信息公示系统', 'National enterprise credit information publicity system'],
  CREDIT_CHINA: ['信用中国', 'Credit China'],
});
export type DisclosureChannel = CodeOf<typeof disclosureChannel>;

/** Why a window of disclosure is told with a reserve: a rule that came into force after the window began has decided something of it. */
export const disclosureDoubt = codeList('DisclosureDoubt', {
  PERIOD_RULE_YOUNGER: ['期限规则施行晚于起算日', 'The rule of the period came into force after the window began'],
  MINOR_AMOUNT_YOUNGER: ['较低数额罚款标准施行晚于公示日', 'The amounts by which a fine was found minor or not came into force after the publication'],
  RESTRICTION_RULE_YOUNGER: ['限制期延长规则施行晚于起算日', 'The rule that a restriction prolongs the window came into force after the window began'],
});
export type DisclosureDoubt = CodeOf<typeof disclosureDoubt>;
