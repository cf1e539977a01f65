import { useQuery } from '@tanstack/react-query';
import { Descriptions } from 'antd';
import type { ReactNode } from 'react';
import { ask } from '../../api/query.ts';
import { devicesTexts } from '../../texts/devices.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Status } from '../../ui/Status.tsx';
import { sizeText } from '../../ui/size-text.ts';
import { dateText } from '../../ui/time-text.ts';
import { Unlock } from './Unlock.tsx';

/** Program, disk and keys of this machine; locked keys can be opened here. */
export function MachineCard(): ReactNode {
  const t = useTexts(devicesTexts);
  const site = useQuery(ask.site.state.queryOptions()).data;
  const disk = useQuery({ ...ask.site.disk.queryOptions(), refetchInterval: 30_000 }).data;
  const ready = useQuery(ask.purge.readyVideo.queryOptions()).data ?? [];
  if (site === undefined || site.kind === 'new') return null;
  const open = site.kind === 'open';
  return (
    <section className="ui-card devices-card">
      <h2>{t.machine}</h2>
      <Descriptions
        column={1}
        size="small"
        items={[
          { key: 'shell', label: t.shell, children: `${t.shells[site.shell]} · ${t.version(site.version)}` },
          { key: 'disk', label: t.disk, children: disk === undefined ? '…' : t.free(sizeText(disk.freeBytes)) },
          ...(ready.length === 0
            ? []
            : [
                {
                  key: 'purge',
                  label: t.mayGo,
                  children: (
                    <span>
                      {ready.slice(0, 3).map((session) => (
                        <div key={session.sessionId}>
                          {dateText(session.endedAtMs)} {session.label} <b>{sizeText(session.bytes)}</b>
                        </div>
                      ))}
                      <small className="devices-quiet">{t.mayGoHelp(ready.length)}</small>
                    </span>
                  ),
                },
              ]),
          {
            key: 'keys',
            label: t.keys,
            children: (
              <Status kind={open ? 'done' : 'look'}>
                {open ? t.keysOpen : t.keysLocked} · {t.keyWraps[site.wrappedBy ?? site.keyWrap]}
              </Status>
            ),
          },
        ]}
      />
      <Unlock />
    </section>
  );
}
