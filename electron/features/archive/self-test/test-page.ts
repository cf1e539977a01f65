import { mm } from '../../../printing/millimetres.ts';
import { printPdf, type TableCell } from '../../../printing/print-pdf.ts';
import { ruledTable } from '../../../printing/ruled-table.ts';
import type { FormHead } from '../../forms/form-facts.ts';
import { factTable, formTitle, minuteOf, quiet, sessionFacts } from '../../forms/form-page.ts';
import { CHECK_WORDS, PROPERTY_WORDS, RESULT_WORDS } from './check-words.ts';
import type { SelfTestResult } from './contract.ts';

/** 封存前自检记录, to be printed and signed on paper where the centre wants it. */
export async function selfTestPdf(head: FormHead, result: SelfTestResult, fontsDir: string): Promise<Uint8Array> {
  const title = '封存前自检记录';
  const small = (text: string): TableCell => ({ text, fontSize: 9 });
  const { pdf } = await printPdf(
    {
      title: `${title} ${head.sessionLabel}`,
      author: head.siteName,
      madeAtMs: result.atMs,
      content: [
        formTitle(title, head.sessionLabel),
        factTable([...sessionFacts(head), ['自检时间', minuteOf(result.atMs)], ['自检人', result.byName]]),
        ruledTable(
          ['性质', '查什么', '结果', '件数', '没通过的'],
          [mm(16), '*', mm(22), mm(14), mm(50)],
          result.checks.map((c) => [
            small(PROPERTY_WORDS[c.property]),
            small(CHECK_WORDS[c.id]),
            small(RESULT_WORDS[c.result]),
            small(String(c.looked)),
            small(c.wrong.slice(0, 5).join('\n')),
          ]),
        ),
        quiet(`所查内容摘要 ${result.contentSha256}`),
        quiet('参照 DA/T 70 的四性检测做法。录像抽查；全部逐件核对由 kaodian verify 在封存后进行。'),
      ],
      ...(head.rehearsal && { header: { text: '演练样张，不作凭证', alignment: 'center', fontSize: 11 } }),
      footer: `${head.siteName} · ${head.sessionLabel} · ${title}`,
      numbering: 'official',
    },
    fontsDir,
  );
  return pdf;
}
