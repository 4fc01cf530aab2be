import { criminalCharge, referralAct, referralDocumentKind, referralStatus, type ReferralAct, type ReferralDocumentKind, type ReferralStatus } from '@casebridge/contracts';
import type { Label } from '@casebridge/kernel';
import type { StepRow, VisibleReferral } from '../referral';
import type { ListedFile } from './package-format.rule';

/** What the page is made of. */
export interface IndexFacts {
  readonly referral: VisibleReferral;
  readonly caseNo: string;
  readonly madeAt: Date;
  readonly madeFor: string;
  readonly documents: readonly ListedFile[];
  readonly steps: readonly { readonly row: StepRow; readonly words: boolean }[];
  /** Thumbprints of the keys. */
  readonly kids: readonly string[];
  /** 机关名称 by code. */
  readonly nameOf: (code: string) => Label | null;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const plain = (text: string): string => text.replaceAll(/[&<>"']/g, (c) => escapes[c] ?? c).replaceAll('\n', '<br>');
const both = ({ zh, en }: Label): string => `${plain(zh)}<br><small>${plain(en)}</small>`;
/** 北京时间 */
const instant = (at: Date | null): string => (at === null ? '–' : `${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')} +08:00`);
const row = (...cells: readonly string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
const head = (...labels: readonly (readonly [zh: string, en: string])[]): string => `<tr>${labels.map(([zh, en]) => `<th>${both({ zh, en })}</th>`).join('')}</tr>`;
const met = (value: boolean | null): Label | null => (value === null ? null : value ? { zh: '按期', en: 'in time' } : { zh: '逾期', en: 'late' });

/** 目录 The page that a person reads: what is in the package, and how the referral went. No script, nothing from elsewhere. */
export function indexPage({ caseNo, documents, kids, madeAt, madeFor, nameOf, referral: r, steps }: IndexFacts): string {
  const agency = (code: string | null): string => {
    if (code === null) return '–';
    const name = nameOf(code);
    return name ? `${both(name)}<br><small>${plain(code)}</small>` : plain(code);
  };
  const said = ({ entry: { detail } }: StepRow): string => Object.entries(detail).map(([name, value]) => `${plain(name)}: ${plain(Array.isArray(value) ? value.join('；') : String(value))}`).join('<br>');
  const facts: readonly (readonly [Label, string])[] = [
    [{ zh: '移送书文号', en: 'Number of the referral' }, plain(r.referralNo)], [{ zh: '案号', en: 'Case' }, plain(caseNo)],
    [{ zh: '涉嫌罪名', en: 'Suspected crime' }, both(criminalCharge.labels[r.charge])], [{ zh: '状态', en: 'State' }, both(referralStatus.labels[r.status])],
    [{ zh: '移送机关', en: 'Filing agency' }, agency(r.filingAgencyCode)], [{ zh: '公安机关', en: 'Police' }, agency(r.policeAgencyCode)],
    [{ zh: '人民检察院', en: 'Procuratorate' }, agency(r.procuratorateAgencyCode)],
    [{ zh: '导出时间', en: 'Made at' }, instant(madeAt)], [{ zh: '导出对象', en: 'Made for' }, plain(madeFor)],
  ];
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>涉嫌犯罪案件移送案卷 ${plain(r.referralNo)}</title>
<style>body{font:14px/1.5 sans-serif;margin:2em}table{border-collapse:collapse;margin:1em 0}th,td{border:1px solid #999;padding:4px 8px;text-align:left;vertical-align:top}code{font-size:11px;word-break:break-all}</style></head>
<body><h1>涉嫌犯罪案件移送案卷<br><small>Package of a criminal referral</small></h1>
<table>${facts.map(([label, value]) => row(both(label), value)).join('')}</table>
<h2>移送材料 <small>Documents</small></h2>
<table>${head(['序号', 'No.'], ['种类', 'Kind'], ['名称', 'Title'], ['文件', 'File'], ['字节数', 'Bytes'], ['SHA-256', 'SHA-256'])}
${documents.map(({ document: d, path, sha256, size }, i) => row(String(i + 1), d ? both(referralDocumentKind.labels[d.kind as ReferralDocumentKind]) : '–', plain(d?.title ?? ''), `<a href="${plain(path)}">${plain(path)}</a>`, String(size), `<code>${sha256}</code>`)).join('\n')}</table>
<h2>办理过程 <small>Timeline</small></h2>
<table>${head(['序号', 'No.'], ['时间', 'When'], ['行为', 'Act'], ['机关', 'By'], ['状态', 'State after'], ['随后承办', 'Next'], ['依据', 'Basis'], ['期限', 'Due'], ['是否按期', 'In time'], ['说明', 'Words'])}
${steps.map(({ row: step, words }) => {
    const { entry: e } = step;
    const inTime = met(e.met);
    return row(
      String(e.position), instant(e.at), both(referralAct.labels[e.act as ReferralAct]), agency(e.actorCode), both(referralStatus.labels[e.status satisfies ReferralStatus]), agency(e.holderCode),
      plain(`${e.basisInstrument} ${e.basisArticle} (${e.basisMark})`), instant(e.dueAt), inTime ? both(inTime) : '–', words ? said(step) : both({ zh: '依权限不予显示', en: 'withheld' }),
    );
  }).join('\n')}</table>
<h2>校验 <small>Checking</small></h2>
<p>manifest.json 列出全部文件及其 SHA-256，由 manifest.jws 签名；timeline.json 的每一步均已签名并与前一步相连。请将下列公钥指纹与平台公布的 signing-keys.json 核对。<br>
<small>manifest.json lists every file with its SHA-256 and is signed by manifest.jws; each step in timeline.json is signed and names the one before. Compare these thumbprints of keys with the signing-keys.json that the hub publishes.</small></p>
<ul>${kids.map((kid) => `<li><code>${plain(kid)}</code></li>`).join('')}</ul>
<p><code>npm run package -- verify FILE --keys signing-keys.json</code></p>
</body></html>
`;
}
