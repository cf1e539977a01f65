import { Modal } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTexts } from '../../texts/use-texts.ts';
import { volumesTexts } from '../../texts/volumes.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { startFrameMaker } from '../checkin/frame-maker.ts';
import { useBlobAddress } from '../checkin/use-attempt-image.ts';
import { useChosenCamera } from '../checkin/use-chosen-camera.ts';

/** Lines of picture in which small print of a sheet can be read, and the width of the picture that is kept. */
const sheetLines = 1080;
const sheetWidthPx = 2400;

/** A sheet of paper before the camera: looked at, taken, looked at again, kept. */
export function SheetCamera(props: { title: string; onKeep: (picture: Blob) => void; onClose: () => void }): ReactNode {
  const t = useTexts(volumesTexts);
  const { camera } = useChosenCamera(true, sheetLines);
  const video = useRef<HTMLVideoElement>(null);
  const [picture, setPicture] = useState<Blob | null>(null);
  const taken = useBlobAddress(picture);
  const stream = camera.kind === 'live' ? camera.stream : null;
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = picture === null ? stream : null;
  }, [stream, picture]);
  const shoot = async () => {
    if (picture !== null) return setPicture(null);
    if (video.current === null || stream === null) return;
    const maker = startFrameMaker();
    const frame = await maker.jpeg(video.current, 'whole', sheetWidthPx);
    maker.close();
    if (frame !== null) setPicture(frame);
  };
  return (
    <Modal open title={props.title} width={900} footer={null} onCancel={props.onClose}>
      {camera.kind === 'fault' && <p role="alert">{t.noCamera}</p>}
      {taken ? (
        <img className="scan-picture" src={taken} alt={props.title} />
      ) : (
        <video ref={video} className="scan-picture" autoPlay muted playsInline />
      )}
      <div className="office-pair">
        <BigButton size={48} disabled={stream === null && picture === null} onPress={() => void shoot()}>
          {picture === null ? t.shoot : t.retake}
        </BigButton>
        <BigButton
          size={48}
          blue={picture !== null}
          disabled={picture === null}
          onPress={() => picture && props.onKeep(picture)}
        >
          {t.keep}
        </BigButton>
      </div>
    </Modal>
  );
}
