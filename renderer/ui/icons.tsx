import {
  BellFilled as BellFilledDrawing,
  CameraFilled as CameraFilledDrawing,
  CheckCircleFilled as CheckCircleFilledDrawing,
  CheckCircleOutlined as CheckCircleOutlinedDrawing,
  CheckOutlined as CheckOutlinedDrawing,
  ClockCircleFilled as ClockCircleFilledDrawing,
  CloseCircleFilled as CloseCircleFilledDrawing,
  CloudUploadOutlined as CloudUploadOutlinedDrawing,
  CopyOutlined as CopyOutlinedDrawing,
  DisconnectOutlined as DisconnectOutlinedDrawing,
  DownloadOutlined as DownloadOutlinedDrawing,
  EditOutlined as EditOutlinedDrawing,
  EnvironmentFilled as EnvironmentFilledDrawing,
  ExclamationCircleFilled as ExclamationCircleFilledDrawing,
  EyeFilled as EyeFilledDrawing,
  EyeInvisibleOutlined as EyeInvisibleOutlinedDrawing,
  EyeOutlined as EyeOutlinedDrawing,
  FileExcelOutlined as FileExcelOutlinedDrawing,
  FileTextOutlined as FileTextOutlinedDrawing,
  FolderOpenOutlined as FolderOpenOutlinedDrawing,
  FormOutlined as FormOutlinedDrawing,
  InboxOutlined as InboxOutlinedDrawing,
  LoadingOutlined as LoadingOutlinedDrawing,
  LockFilled as LockFilledDrawing,
  LockOutlined as LockOutlinedDrawing,
  MinusCircleOutlined as MinusCircleOutlinedDrawing,
  QuestionCircleFilled as QuestionCircleFilledDrawing,
  RightCircleFilled as RightCircleFilledDrawing,
  SafetyCertificateOutlined as SafetyCertificateOutlinedDrawing,
  SaveOutlined as SaveOutlinedDrawing,
  StopOutlined as StopOutlinedDrawing,
  SyncOutlined as SyncOutlinedDrawing,
  TagOutlined as TagOutlinedDrawing,
  TeamOutlined as TeamOutlinedDrawing,
  UnlockOutlined as UnlockOutlinedDrawing,
  UsbOutlined as UsbOutlinedDrawing,
  UserOutlined as UserOutlinedDrawing,
  VideoCameraFilled as VideoCameraFilledDrawing,
  WarningFilled as WarningFilledDrawing,
} from '@ant-design/icons';
import type { ComponentProps, ReactNode } from 'react';

type Drawing = typeof CheckOutlinedDrawing;

/**
 * The icon library names each picture by its English file name, which a screen reader would say and which would become
 * part of a button's name. Here an icon only stands beside words, so it is silent; one that stands alone brings an
 * `aria-label`.
 */
const beside = (Drawn: Drawing) =>
  function Icon(props: ComponentProps<Drawing>): ReactNode {
    return props['aria-label'] === undefined ? (
      <Drawn {...props} aria-label={undefined} aria-hidden="true" />
    ) : (
      <Drawn {...props} />
    );
  };

export const BellFilled = /* @__PURE__ */ beside(BellFilledDrawing);
export const CameraFilled = /* @__PURE__ */ beside(CameraFilledDrawing);
export const CheckCircleFilled = /* @__PURE__ */ beside(CheckCircleFilledDrawing);
export const CheckCircleOutlined = /* @__PURE__ */ beside(CheckCircleOutlinedDrawing);
export const CheckOutlined = /* @__PURE__ */ beside(CheckOutlinedDrawing);
export const ClockCircleFilled = /* @__PURE__ */ beside(ClockCircleFilledDrawing);
export const CloseCircleFilled = /* @__PURE__ */ beside(CloseCircleFilledDrawing);
export const CloudUploadOutlined = /* @__PURE__ */ beside(CloudUploadOutlinedDrawing);
export const CopyOutlined = /* @__PURE__ */ beside(CopyOutlinedDrawing);
export const DisconnectOutlined = /* @__PURE__ */ beside(DisconnectOutlinedDrawing);
export const DownloadOutlined = /* @__PURE__ */ beside(DownloadOutlinedDrawing);
export const EditOutlined = /* @__PURE__ */ beside(EditOutlinedDrawing);
export const EnvironmentFilled = /* @__PURE__ */ beside(EnvironmentFilledDrawing);
export const ExclamationCircleFilled = /* @__PURE__ */ beside(ExclamationCircleFilledDrawing);
export const EyeOutlined = /* @__PURE__ */ beside(EyeOutlinedDrawing);
export const EyeFilled = /* @__PURE__ */ beside(EyeFilledDrawing);
export const EyeInvisibleOutlined = /* @__PURE__ */ beside(EyeInvisibleOutlinedDrawing);
export const FileExcelOutlined = /* @__PURE__ */ beside(FileExcelOutlinedDrawing);
export const FileTextOutlined = /* @__PURE__ */ beside(FileTextOutlinedDrawing);
export const FolderOpenOutlined = /* @__PURE__ */ beside(FolderOpenOutlinedDrawing);
export const FormOutlined = /* @__PURE__ */ beside(FormOutlinedDrawing);
export const InboxOutlined = /* @__PURE__ */ beside(InboxOutlinedDrawing);
export const LoadingOutlined = /* @__PURE__ */ beside(LoadingOutlinedDrawing);
export const LockFilled = /* @__PURE__ */ beside(LockFilledDrawing);
export const LockOutlined = /* @__PURE__ */ beside(LockOutlinedDrawing);
export const MinusCircleOutlined = /* @__PURE__ */ beside(MinusCircleOutlinedDrawing);
export const QuestionCircleFilled = /* @__PURE__ */ beside(QuestionCircleFilledDrawing);
export const RightCircleFilled = /* @__PURE__ */ beside(RightCircleFilledDrawing);
export const SafetyCertificateOutlined = /* @__PURE__ */ beside(SafetyCertificateOutlinedDrawing);
export const SaveOutlined = /* @__PURE__ */ beside(SaveOutlinedDrawing);
export const StopOutlined = /* @__PURE__ */ beside(StopOutlinedDrawing);
export const SyncOutlined = /* @__PURE__ */ beside(SyncOutlinedDrawing);
export const TagOutlined = /* @__PURE__ */ beside(TagOutlinedDrawing);
export const TeamOutlined = /* @__PURE__ */ beside(TeamOutlinedDrawing);
export const UnlockOutlined = /* @__PURE__ */ beside(UnlockOutlinedDrawing);
export const UsbOutlined = /* @__PURE__ */ beside(UsbOutlinedDrawing);
export const UserOutlined = /* @__PURE__ */ beside(UserOutlinedDrawing);
export const VideoCameraFilled = /* @__PURE__ */ beside(VideoCameraFilledDrawing);
export const WarningFilled = /* @__PURE__ */ beside(WarningFilledDrawing);
