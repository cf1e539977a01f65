import './devices.css';
import type { ReactNode } from 'react';
import { UploadSettingCard } from '../delivery/UploadSettingCard.tsx';
import { LiveCard } from '../live/LiveCard.tsx';
import { FacesCard } from './FacesCard.tsx';
import { IdentityCard } from './IdentityCard.tsx';
import { KeysCard } from './KeysCard.tsx';
import { MachineCard } from './MachineCard.tsx';
import { NetworkCamerasCard } from './NetworkCamerasCard.tsx';
import { NewDeskCard } from './NewDeskCard.tsx';
import { PhotoDecoderCard } from './PhotoDecoderCard.tsx';
import { ReadersCard } from './ReadersCard.tsx';
import { TimestampCard } from './TimestampCard.tsx';

/** What hangs on this machine, what it is, and how one more desk gets in. */
export function DevicesPage(): ReactNode {
  return (
    <div className="devices">
      <div className="devices-column">
        <ReadersCard />
        <PhotoDecoderCard />
        <NetworkCamerasCard />
        <UploadSettingCard />
        <TimestampCard />
        <LiveCard />
        <NewDeskCard />
      </div>
      <div className="devices-column">
        <FacesCard />
        <MachineCard />
        <IdentityCard />
        <KeysCard />
      </div>
    </div>
  );
}
