import { createHash } from 'node:crypto';
import { type ReferralDocumentKind, referralDocumentKind } from '@casebridge/contracts';
import { type StoredBytes, sniffMediaType } from '@casebridge/platform';

/** A document of the demo: its bytes, and what the store says of them. */
export interface DemoDocument extends StoredBytes {
  readonly bytes: Buffer;
}

const titlesEn: Readonly<Record<ReferralDocumentKind, string>> = {
  TRANSFER_LETTER: 'Transfer letter', INVESTIGATION_REPORT: 'Investigation report', GOODS_LIST: 'List of goods', TEST_REPORT: 'Test report',
  OTHER: 'Other material',
};

/** The least file that a PDF reader opens: one page, one line. */
function pdf(text: string): Buffer {
  const content = `BT /F1 18 Tf 60 760 Td (${text}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const offset = body.length;
    body += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const xref = body.length;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(`${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`, 'latin1');
}

const bytesOf = (kind: ReferralDocumentKind): Buffer =>
  kind === 'GOODS_LIST'
    ? Buffer.from('【演示数据】涉案物品清单\n序号,品名,数量,存放地点\n1,演示药品（演示）,10盒,演示仓库\n', 'utf8')
    : pdf(`Casebridge demo data: ${titlesEn[kind]}. Synthetic, no real case.`);

/** One document of each kind. Every referral has files of its own that name these bytes, as the content store keeps equal bytes once. */
export const demoDocuments = Object.fromEntries(
  referralDocumentKind.codes.map((kind): readonly [ReferralDocumentKind, DemoDocument] => {
    const bytes = bytesOf(kind);
    return [kind, { bytes, sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length, mediaType: sniffMediaType(bytes) }];
  }),
) as Readonly<Record<ReferralDocumentKind, DemoDocument>>;
