import { safe } from '@orpc/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Table, Upload } from 'antd';
import type { ReactNode } from 'react';
import type { CertificateProblem, CertificateRow } from '../../../electron/features/certificates/contract.ts';
import type { SessionId } from '../../../electron/lib/ids.ts';
import { station } from '../../api/client.ts';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { volumesTexts } from '../../texts/volumes.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { Status } from '../../ui/Status.tsx';
import { saveFile } from '../../ui/save-file.ts';

type Shown = CertificateRow & { problems: CertificateProblem[] };

/** Certificate data, judged row by row; what is refused stands first, by name and with every reason. */
export function CertificatesTab({ sessionId }: { sessionId: SessionId }): ReactNode {
  const t = useTexts(volumesTexts);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const view = useQuery(ask.certificates.view.queryOptions({ input: { sessionId } }));
  const check = useMutation(
    ask.certificates.check.mutationOptions({
      onSuccess: (data) => queries.setQueryData(ask.certificates.view.queryKey({ input: { sessionId } }), data),
    }),
  );
  if (view.data === undefined) {
    if (!view.isError) return <Loading />;
    return <ReadFailed onRetry={() => void view.refetch()} sentence={sentenceOf(view.error)} />;
  }
  const { rows, refused, lacking, file, filingKnown } = view.data;
  const all: Shown[] = [...refused, ...rows.map((row) => ({ ...row, problems: [] }))];
  const out = async (format: 'xlsx' | 'json') => {
    const { data } = await safe(station.certificates.export({ sessionId, format }));
    if (data !== undefined) saveFile(`certificates-${sessionId}.${format}`, data);
  };
  const template = async () => {
    const { data } = await safe(station.certificates.template({ sessionId }));
    if (data !== undefined) saveFile(`certificates-${sessionId}-template.xlsx`, data);
  };
  return (
    <>
      <p className={check.isError ? 'is-stop' : 'office-quiet'} role={check.isError ? 'alert' : undefined}>
        {check.isError ? sentenceOf(check.error) : t.certificatesHelp}
      </p>
      <p>
        {file ? t.fromFile(file.name, file.byName) : t.prepared}{' '}
        {!filingKnown && <Status kind="look">{t.filingUnknown}</Status>}{' '}
        {file !== null && lacking.length > 0 && <Status kind="look">{t.lacking(lacking.join('、'))}</Status>}
      </p>
      <div className="office-scroll">
        <Table<Shown>
          rowKey={(row) => `${row.line} ${row.documentNumber}`}
          size="middle"
          sticky
          pagination={false}
          locale={{ emptyText: t.nobody }}
          dataSource={all}
          columns={[
            { title: t.name, dataIndex: 'name' },
            { title: t.document, dataIndex: 'documentNumber' },
            { title: t.number, render: (_, row) => row.number ?? t.noNumber },
            {
              title: t.state,
              render: (_, row) =>
                row.problems.length === 0 ? (
                  <Status kind="done">{t.inOrder}</Status>
                ) : (
                  <Status kind="stop">{`${t.refused}：${row.problems.map((p) => t.problems[p]).join('、')}`}</Status>
                ),
            },
          ]}
        />
      </div>
      <div className="closing-last certificates-acts">
        <BigButton size={48} onPress={() => void template()}>
          {t.template}
        </BigButton>
        <Upload
          accept=".xlsx,.csv"
          maxCount={1}
          showUploadList={false}
          beforeUpload={(chosen) => {
            check.mutate({ sessionId, file: chosen });
            return false;
          }}
        >
          <BigButton size={48} disabled={check.isPending} onPress={() => undefined}>
            {t.check}
          </BigButton>
        </Upload>
        <BigButton size={48} disabled={rows.length === 0} onPress={() => void out('xlsx')}>
          {t.exportExcel}
        </BigButton>
        <BigButton size={48} disabled={rows.length === 0} onPress={() => void out('json')}>
          {t.exportJson}
        </BigButton>
      </div>
    </>
  );
}
