import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Input, Segmented, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import type { DrawView } from '../../../../electron/features/assignment/contract.ts';
import type { StaffId } from '../../../../electron/lib/ids.ts';
import { ask } from '../../../api/query.ts';
import { assignmentTexts } from '../../../texts/assignment.ts';
import { useErrorSentence } from '../../../texts/error-sentence.ts';
import { useLanguage } from '../../../texts/language.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { PinInput } from '../../../ui/PinInput.tsx';
import { Status } from '../../../ui/Status.tsx';
import { HexCode } from './HexCode.tsx';

type Way = 'typed' | 'file' | 'hash';

/** Step 2: supervisor and centre seal their shares, one after the other; the station's own is sealed already. */
export function SealShares({ draw, mayLead }: { draw: DrawView; mayLead: boolean }): ReactNode {
  const t = useTexts(assignmentTexts).draw;
  const { language } = useLanguage();
  const next = draw.shares.find((s) => s.sealed === null)?.party;
  return (
    <div className="ceremony-split">
      <section className="ceremony-main">
        {next === 'supervisor' || next === 'centre' ? (
          <ShareForm key={next} draw={draw} party={next} mayLead={mayLead} />
        ) : null}
      </section>
      <aside className="ceremony-aside">
        <h3>{t.steps[1]}</h3>
        {draw.shares.map((s) => (
          <p key={s.party}>
            <Status kind={s.sealed ? 'done' : 'not-done'}>
              {t.parties[s.party]} {s.sealed ? t.sealed : t.notSealed}
            </Status>
            {s.sealed && (
              <small className="ceremony-detail">
                {s.party === 'site' ? t.siteShare : `SHA-256 ${s.sealed.sha256.slice(0, 16)}…`}
              </small>
            )}
          </p>
        ))}
        <h3>{t.inputCode}</h3>
        <HexCode hex={draw.input.sha256} />
        <p>
          {t.nameList(draw.input.examiners)} · {t.roomsAndSeats(draw.input.rooms, draw.input.seats)}
        </p>
        <p>{draw.excluded.length === 0 ? t.nobodyExcluded : t.excluded(draw.excluded.length)}</p>
        <ul className="ceremony-excluded">
          {draw.excluded.map((e) => (
            <li key={e.examinerId}>
              {e.name}{' '}
              <small className="ceremony-excluded-rules">
                {e.rules.map((r) => (language === 'zh-CN' ? r.text.zh : r.text.en)).join('；')}
              </small>
            </li>
          ))}
        </ul>
      </aside>
    </div>
  );
}

function ShareForm(props: { draw: DrawView; party: 'supervisor' | 'centre'; mayLead: boolean }): ReactNode {
  const { draw, party, mayLead } = props;
  const texts = useTexts(assignmentTexts);
  const t = texts.draw;
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const [way, setWay] = useState<Way>('typed');
  const [text, setText] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [staffId, setStaff] = useState<StaffId | null>(null);
  const [pin, setPin] = useState('');
  const staff = useQuery(ask.staff.names.queryOptions());
  const supervisors = staff.data?.filter((m) => m.roles.includes('supervisor')) ?? [];
  const who = supervisors.find((m) => m.staffId === staffId) ?? (supervisors.length === 1 ? supervisors[0] : undefined);
  const seal = useMutation(
    ask.assignment.draw.sealShare.mutationOptions({
      onError: () => setPin(''),
      onSettled: () => queries.invalidateQueries({ queryKey: ask.assignment.draw.key() }),
    }),
  );
  const share =
    way === 'typed'
      ? text.trim().length >= 4 && ({ by: 'typed', text: text.trim() } as const)
      : way === 'file'
        ? file && ({ by: 'file', file } as const)
        : /^[0-9a-f]{64}$/.test(text.trim().toLowerCase()) &&
          ({ by: 'hash', sha256: text.trim().toLowerCase() } as const);
  const signed = party === 'centre' || (who !== undefined && pin.length === 6);
  const ready = mayLead && share && signed && !seal.isPending;
  const send = () => {
    if (!ready || !share) return;
    const supervisor = party === 'supervisor' && who ? { supervisor: { staffId: who.staffId, pin } } : {};
    seal.mutate({ drawId: draw.drawId, party, share, ...supervisor });
  };
  useKeys({ Enter: send }, {});
  if (party === 'supervisor' && staff.data !== undefined && supervisors.length === 0) {
    return <Status kind="look">{t.noSupervisor}</Status>;
  }
  return (
    <div className="ceremony-form" data-enter="desk">
      <h2>{t.pleaseSeal[party]}</h2>
      <p>{t.pleaseSealHelp[party]}</p>
      {party === 'centre' && (
        <Segmented<Way>
          size="large"
          value={way}
          onChange={setWay}
          options={(['typed', 'file', 'hash'] as const).map((value) => ({ value, label: t.ways[value] }))}
        />
      )}
      {way === 'file' ? (
        <label className="assignment-file">
          {t.chooseFile}
          <input type="file" aria-label={t.chooseFile} onChange={(event) => setFile(event.target.files?.[0] ?? null)} />
        </label>
      ) : (
        <Input
          key={way}
          size="large"
          className="ceremony-share"
          autoFocus
          autoComplete="off"
          aria-label={way === 'hash' ? t.hash : t.text}
          placeholder={way === 'hash' ? t.hash : t.text}
          maxLength={way === 'hash' ? 64 : 40}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      {party === 'supervisor' && (
        <div className="ceremony-sign">
          {supervisors.length === 1 ? (
            <b>{who?.name}</b>
          ) : (
            <Select
              size="large"
              aria-label={t.who}
              placeholder={t.who}
              value={staffId}
              onChange={setStaff}
              options={supervisors.map((m) => ({ value: m.staffId, label: m.name }))}
            />
          )}
          <span>{t.pin}</span>
          <PinInput value={pin} onChange={setPin} label={t.pin} />
        </div>
      )}
      {seal.isError && <Status kind="stop">{sentenceOf(seal.error)}</Status>}
      {mayLead ? (
        <BigButton size={64} blue hint="Enter" disabled={!ready} onPress={send}>
          {t.seal}
        </BigButton>
      ) : (
        <p>{texts.onlyLead}</p>
      )}
    </div>
  );
}
