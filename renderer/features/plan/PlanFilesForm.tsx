import { safe } from '@orpc/client';
import { Button, Upload } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import { station } from '../../api/client.ts';
import { planTexts } from '../../texts/plan.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { DownloadOutlined, FileExcelOutlined, FolderOpenOutlined, SafetyCertificateOutlined } from '../../ui/icons.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Status } from '../../ui/Status.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { choosePhotos, mostPhotos, type PhotoChoice } from './photo-files.ts';

export type PlanFiles = { kind: 'workbook'; workbook: File; photos: File[] } | { kind: 'package'; file: File };

/** Chooses the files of a plan: a workbook with photos, or the centre's signed package. Nothing is sent before "check". */
export function PlanFilesForm(props: {
  problem: string | null;
  onCheck: (files: PlanFiles) => void;
  onBack: () => void;
}): ReactNode {
  const t = useTexts(planTexts);
  const [workbook, setWorkbook] = useState<File | null>(null);
  const [photos, setPhotos] = useState<PhotoChoice>({ kind: 'none' });
  const [templateFailed, setTemplateFailed] = useState(false);
  const latestPhotos = useRef<readonly File[] | null>(null);
  const ready = workbook !== null && photos.kind !== 'too-many';
  const check = () => {
    if (workbook === null || !ready) return;
    const files = photos.kind === 'zip' ? [photos.file] : photos.kind === 'pictures' ? photos.files : [];
    props.onCheck({ kind: 'workbook', workbook, photos: files });
  };
  useKeys({ Enter: ready ? check : undefined, Escape: props.onBack });

  const template = async () => {
    const { data } = await safe(station.plan.template());
    setTemplateFailed(data === undefined);
    if (data !== undefined) saveFile('kaodian-plan.xlsx', data);
  };
  // Ant Design asks once for every file of a folder, always with the whole list.
  const takePhotos = (_: File, all: readonly File[]) => {
    if (latestPhotos.current !== all) {
      latestPhotos.current = all;
      setPhotos(choosePhotos(all));
    }
    return false;
  };

  return (
    <div className="plan-files">
      {props.problem !== null && (
        <p role="alert" className="plan-problem">
          <Status kind="stop">{props.problem}</Status>
        </p>
      )}
      <section>
        <h2>{t.byWorkbook}</h2>
        <p className="office-quiet">{t.byWorkbookHelp}</p>
        <Button size="large" icon={<DownloadOutlined />} onClick={() => void template()}>
          {t.template}
        </Button>
        {templateFailed && <Status kind="stop">{t.templateFailed}</Status>}
        <div className="plan-choice">
          <Upload
            accept=".xlsx"
            maxCount={1}
            showUploadList={false}
            beforeUpload={(file) => {
              setWorkbook(file);
              return false;
            }}
          >
            <Button size="large" icon={<FileExcelOutlined />}>
              {t.workbook}
            </Button>
          </Upload>
          {workbook === null ? (
            <Status kind="not-done">{t.nothingChosen}</Status>
          ) : (
            <Status kind="done">{workbook.name}</Status>
          )}
        </div>
        <div className="plan-choice">
          <Upload directory multiple showUploadList={false} beforeUpload={takePhotos}>
            <Button size="large" icon={<FolderOpenOutlined />}>
              {t.photoFolder}
            </Button>
          </Upload>
          <Upload accept=".zip" maxCount={1} showUploadList={false} beforeUpload={takePhotos}>
            <Button size="large">{t.photoZip}</Button>
          </Upload>
          <PhotosChosen photos={photos} />
        </div>
        <BigButton size={64} blue={ready} hint={ready ? 'Enter' : undefined} disabled={!ready} onPress={check}>
          {t.check}
        </BigButton>
      </section>
      <section>
        <h2>{t.byPackage}</h2>
        <p className="office-quiet">{t.byPackageHelp}</p>
        <Upload
          accept=".zip"
          maxCount={1}
          showUploadList={false}
          beforeUpload={(file) => {
            props.onCheck({ kind: 'package', file });
            return false;
          }}
        >
          <Button size="large" icon={<SafetyCertificateOutlined />}>
            {t.package}
          </Button>
        </Upload>
      </section>
    </div>
  );
}

function PhotosChosen({ photos }: { photos: PhotoChoice }): ReactNode {
  const t = useTexts(planTexts);
  switch (photos.kind) {
    case 'none':
      return <Status kind="not-done">{t.noPhotos}</Status>;
    case 'too-many':
      return <Status kind="stop">{t.tooManyPhotos(mostPhotos)}</Status>;
    case 'zip':
      return <Status kind="done">{t.zipChosen(photos.file.name)}</Status>;
    case 'pictures':
      return <Status kind="done">{t.photosChosen(photos.files.length)}</Status>;
  }
}
