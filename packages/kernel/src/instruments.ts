import type { Citation, Mark } from './citation';

/** Cites an article of one instrument; the mark is that of the instrument's text unless the article is known better or worse. */
export type Cite = (article: string | number, mark?: Mark) => Citation;

const titlesEn: Record<string, string> = {};

/** Official Chinese title → English title, for whoever shows a citation. */
export const instrumentTitleEn: Readonly<Record<string, string>> = titlesEn;

function instrument(title: string, titleEn: string, textMark: Mark = 'V'): Cite {
  if (Object.hasOwn(titlesEn, title)) throw new RangeError(`Instrument defined twice: ${title}`);
  titlesEn[title] = titleEn;
  return (article, mark = textMark) => {
    const text = String(article).trim();
    if (text === '') throw new RangeError(`A citation of ${title} needs an article`);
    return Object.freeze({ instrument: title, article: text, mark });
  };
}

// Laws 法律
export const civilCode2020 = instrument('中华人民共和国民法典', 'Civil Code (2020)');
export const cl = instrument('中华人民共和国刑法', 'Criminal Law');
export const cpl2018 = instrument('中华人民共和国刑事诉讼法', 'Criminal Procedure Law (2018)');
export const dal2019 = instrument('中华人民共和国药品管理法', 'Drug Administration Law (2019)');
export const val2019 = instrument('中华人民共和国疫苗管理法', 'Vaccine Administration Law (2019)');
export const apl2021 = instrument('中华人民共和国行政处罚法', 'Administrative Penalty Law (2021)');
export const ael2011 = instrument('中华人民共和国行政强制法', 'Administrative Enforcement Law (2011)');
export const arl2023 = instrument('中华人民共和国行政复议法', 'Administrative Reconsideration Law (2023)');
export const all2017 = instrument('中华人民共和国行政诉讼法', 'Administrative Litigation Law (2017)', 'NV');
export const pipl2021 = instrument('中华人民共和国个人信息保护法', 'Personal Information Protection Law (2021)');

// Administrative regulations 行政法规
export const o310 = instrument('行政执法机关移送涉嫌犯罪案件的规定', 'Provisions on the Transfer of Suspected Criminal Cases by Administrative Enforcement Agencies (State Council Order 310, rev. 730)');
export const dar2026 = instrument('中华人民共和国药品管理法实施条例', 'Regulations for the Implementation of the Drug Administration Law (State Council Order 828, 2026)');
export const eir2014 = instrument('企业信息公示暂行条例', 'Interim Regulations on Enterprise Information Disclosure (2014)');
export const share2025 = instrument('政务数据共享条例', 'Regulations on Government Data Sharing (2025)');
export const supv2025 = instrument('行政执法监督条例', 'Regulations on the Supervision of Administrative Enforcement (2025)');
/** The 2021 text was read; what Order 797 (2024) changed was not. */
export const mdr2021 = instrument('医疗器械监督管理条例', 'Regulations on the Supervision and Administration of Medical Devices (State Council Order 739, 2021)');
export const csar2021 = instrument('化妆品监督管理条例', 'Regulations on the Supervision and Administration of Cosmetics (State Council Order 727, 2021)');

// Police, procuratorate, referral 公安、检察、行刑衔接
export const mps2020 = instrument('公安机关办理刑事案件程序规定', 'Procedural Provisions on the Handling of Criminal Cases by Public Security Organs (2020)');
export const sppr2019 = instrument('人民检察院刑事诉讼规则', "Rules of Criminal Procedure of the People's Procuratorates (2019)");
export const spp2001 = instrument(
  '人民检察院办理行政执法机关移送涉嫌犯罪案件的规定',
  "Provisions on the Handling by People's Procuratorates of Suspected Criminal Cases Transferred by Administrative Agencies (2001)",
);
/** Articles 1 and 2 were read; cite those with mark V. */
export const spp2021 = instrument(
  '最高人民检察院关于推进行政执法与刑事司法衔接工作的规定',
  "Provisions of the Supreme People's Procuratorate on Linking Administrative Enforcement and Criminal Justice (2021)",
  'NV',
);
/** Articles 1-4 and 12-15 were read. */
export const sppg2024 = instrument('人民检察院行刑反向衔接工作指引', "Guidelines for the Reverse Transfer Work of the People's Procuratorates (2024)", 'P');
/** Articles 1 and 2 were read; cite those with mark V. */
export const m41 = instrument(
  '药品行政执法与刑事司法衔接工作办法',
  'Measures for Linking Administrative Drug Enforcement and Criminal Justice (NMPA 2022 No. 41)',
  'NV',
);
export const m271 = instrument(
  '食品药品行政执法与刑事司法衔接工作办法',
  'Measures for Linking Administrative Food and Drug Enforcement and Criminal Justice (2015 No. 271)',
  'NV',
);
/** Not read. */
export const suggestion2019 = instrument('人民检察院检察建议工作规定', "Provisions on the Work of the People's Procuratorates on Suggestions (2019)", 'NV');
export const drugCrime2022 = instrument(
  '最高人民法院、最高人民检察院关于办理危害药品安全刑事案件适用法律若干问题的解释',
  'Interpretation on the Application of Law in Criminal Cases Endangering Drug Safety (2022)',
  'P',
);

// Penalty procedure, disclosure, credit 行政处罚程序、公示、信用
export const proc = instrument('市场监督管理行政处罚程序规定', 'Provisions on Administrative Penalty Procedures for Market Regulation (SAMR Order 2, am. 42 and 61)');
export const hearing2021 = instrument('市场监督管理行政处罚听证办法', 'Measures for Hearings on Administrative Penalties for Market Regulation', 'NV');
export const form2021 = instrument('市场监督管理行政处罚文书格式范本', 'Model Forms of Administrative Penalty Documents for Market Regulation (2021)');
export const gain2026 = instrument(
  '市场监督管理行政处罚案件违法所得认定办法',
  'Measures for the Determination of Illegal Gains in Market Regulation Penalty Cases (SAMR Order 118)',
);
export const o45 = instrument('市场监督管理行政处罚信息公示规定', 'Provisions on the Disclosure of Market Regulation Penalty Information (SAMR Order 45, am. 101 and 108)');
export const o107 = instrument('市场监督管理信用修复管理办法', 'Measures for Credit Repair in Market Regulation (SAMR Order 107, 2025)');
export const o44 = instrument('市场监督管理严重违法失信名单管理办法', 'Measures for the List of Serious Violations and Dishonesty in Market Regulation (SAMR Order 44, 2021)');
export const n36 = instrument('信用修复管理办法', 'Measures for Credit Repair (NDRC Order 36, 2026)', 'P');
export const dual2018 = instrument(
  '国家发展改革委办公厅关于进一步完善行政许可和行政处罚等信用信息公示工作的指导意见',
  'Guidance on the Publication of Licensing and Penalty Credit Information (发改办财金〔2018〕424号)',
  'P',
);

// Reports, complaints, recall, pharmacovigilance 投诉举报、召回、药物警戒
export const adr81 = instrument('药品不良反应报告和监测管理办法', 'Measures for Reporting and Monitoring Adverse Drug Reactions (MOH Order 81)');
export const gvp2021 = instrument('药物警戒质量管理规范', 'Good Pharmacovigilance Practice (2021)');
export const icsrg2018 = instrument('个例药品不良反应收集和报告指导原则', 'Guideline on Collecting and Reporting Individual Case Safety Reports (NMPA 2018 No. 131)', 'P');
export const e2bR3 = instrument('ICH E2B(R3) 个例安全性报告电子传输', 'ICH E2B(R3) Electronic Transmission of Individual Case Safety Reports');
export const recall2022 = instrument('药品召回管理办法', 'Measures for Drug Recall (NMPA 2022 No. 92)');
export const o121 = instrument('市场监督管理投诉举报处理办法', 'Measures for Handling Complaints and Reports in Market Regulation (SAMR Order 121, 2026)');
export const o20 = instrument('市场监督管理投诉举报处理暂行办法', 'Interim Measures for Handling Complaints and Reports in Market Regulation (SAMR Order 20, repealed)');
export const reward2021 = instrument('市场监管领域重大违法行为举报奖励暂行办法', 'Interim Measures for Rewarding Reports of Major Violations in Market Regulation (2021)', 'P');

// Inspection, licences, registration 检查、许可、注册
export const insp2023 = instrument('药品检查管理办法（试行）', 'Measures for Drug Inspection (Trial, 2023 revision)');
export const fly2015 = instrument('药品医疗器械飞行检查办法', 'Measures for Unannounced Inspection of Drugs and Medical Devices (CFDA Order 14)');
export const prod2020 = instrument('药品生产监督管理办法', 'Measures for the Supervision of Drug Production (SAMR Order 28)');
export const dist2023 = instrument('药品经营和使用质量监督管理办法', 'Measures for the Quality Supervision of Drug Distribution and Use (SAMR Order 84)');
export const reg2020 = instrument('药品注册管理办法', 'Measures for Drug Registration (SAMR Order 27)');

// Devices and cosmetics 医疗器械、化妆品
export const o47 = instrument('医疗器械注册与备案管理办法', 'Measures for the Registration and Filing of Medical Devices (SAMR Order 47)');
export const o48 = instrument('体外诊断试剂注册与备案管理办法', 'Measures for the Registration and Filing of In Vitro Diagnostic Reagents (SAMR Order 48)');
export const o53 = instrument('医疗器械生产监督管理办法', 'Measures for the Supervision of Medical Device Production (SAMR Order 53)');
export const o54 = instrument('医疗器械经营监督管理办法', 'Measures for the Supervision of Medical Device Distribution (SAMR Order 54)');
export const ae1 = instrument('医疗器械不良事件监测和再评价管理办法', 'Measures for Monitoring and Re-evaluating Medical Device Adverse Events (2019)');
export const rc29 = instrument('医疗器械召回管理办法', 'Measures for Medical Device Recall (CFDA Order 29)');
export const o35 = instrument('化妆品注册备案管理办法', 'Measures for the Registration and Filing of Cosmetics (SAMR Order 35)');
export const o46 = instrument('化妆品生产经营监督管理办法', 'Measures for the Supervision of Cosmetics Production and Distribution (SAMR Order 46)');
export const o71 = instrument('牙膏监督管理办法', 'Measures for the Supervision of Toothpaste (SAMR Order 71)');
export const car16 = instrument('化妆品不良反应监测管理办法', 'Measures for Monitoring Adverse Reactions to Cosmetics (NMPA 2022 No. 16)', 'P');
export const ci52 = instrument('化妆品检查管理办法', 'Measures for Cosmetics Inspection (NMPA 2024 No. 52)', 'P');

/** A rule of this hub where the law sets no figure; `article` names it. It is no law and says so. */
export const houseRule = instrument('药案通平台规则（非法律规定）', 'House rule of this platform (not law)');
