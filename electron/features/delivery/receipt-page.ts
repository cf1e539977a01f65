import { qrCode } from '../../printing/drawn-codes.ts';
import { type Content, type Printed, printPdf } from '../../printing/print-pdf.ts';
import { chinaTime } from '../archive/bag-info.ts';
import type { BundleRow } from '../archive/contract.ts';
import { bundleName } from './bundle-archive.ts';
import type { ReceiptView } from './contract.ts';

/** What the page shows beside the receipt: the site's own words for the session. */
export type ReceiptPageFacts = {
  bundle: BundleRow;
  receipt: ReceiptView;
  siteName: string;
  sessionLabel: string;
  rehearsal: boolean;
};

/** The receipt on paper (回执), for the site's file. What proves it is the signed file; the page says where its words come from. */
export const printReceipt = (facts: ReceiptPageFacts, fontsDir: string): Promise<Printed> => {
  const { bundle, receipt, siteName, sessionLabel } = facts;
  const rows: [string, Content][] = [
    ['回执号', { text: receipt.receiptNumber }],
    ['签收单位', receipt.centre],
    ['签收时间', chinaTime(receipt.receivedAtMs)],
    ['考核点', siteName],
    ['场次', sessionLabel],
    ['封存包', bundleName(bundle)],
    ['封存码', { text: receipt.sealCode }],
    ['文件', `${bundle.files} 个，${bundle.bytes} 字节`],
    [
      '核验',
      `通过 ${receipt.claims.pass} 项，没有提供 ${receipt.claims.notPresent} 项${receipt.opened ? '，已开包核对' : '，未开包'}`,
    ],
    ['缺项', missingWords(receipt)],
    ['签名密钥', { text: receipt.fingerprint, fontSize: 9 }],
    ['送达方式', receipt.by === 'upload' ? '网络上传' : '移动硬盘，回执由文件交回'],
  ];
  const content: Content[] = [
    { text: '封存包签收回执', fontSize: 22, alignment: 'center', margin: [0, 12, 0, 18] },
    {
      table: {
        widths: [90, '*'],
        body: rows.map(([label, value]) => [
          { text: label, margin: [0, 5, 0, 5] },
          typeof value === 'string' ? { text: value, margin: [0, 5, 0, 5] } : { stack: [value], margin: [0, 5, 0, 5] },
        ]),
      },
    },
    {
      columns: [
        { width: 110, stack: [qrCode(`KDR1 ${receipt.receiptNumber} ${bundle.tagManifestSha256}`)] },
        {
          width: '*',
          margin: [12, 8, 0, 0],
          text: [
            '本页只供归档阅读。作凭证的是中心签过名的 receipt.json 和 receipt.json.sig，',
            '可用 ssh-keygen -Y verify（命名空间 kaodian-receipt）核对；左侧二维码为回执号与封存包总清单的 SHA-256。',
          ],
        },
      ],
      margin: [0, 18, 0, 0],
    },
  ];
  return printPdf(
    {
      title: `封存包签收回执 ${receipt.receiptNumber}`,
      author: siteName,
      madeAtMs: receipt.receivedAtMs,
      content,
      ...(facts.rehearsal && { header: { text: '演练样张，不作凭证', alignment: 'center', fontSize: 11 } }),
      footer: `${siteName} · ${sessionLabel} · 回执`,
      numbering: 'official',
    },
    fontsDir,
  );
};

function missingWords({ declaredMissing, ownMissing }: ReceiptView): string {
  if (declaredMissing === null) return `考点写明 ${ownMissing} 项；中心未开包，没有核对`;
  return declaredMissing === ownMissing
    ? `${declaredMissing} 项，与考点写明的一致`
    : `中心核到 ${declaredMissing} 项，考点写明 ${ownMissing} 项`;
}
