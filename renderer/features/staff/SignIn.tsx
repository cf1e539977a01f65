import './staff.css';
import { isDefinedError } from '@orpc/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ReactNode, useState } from 'react';
import type { StaffMember } from '../../../electron/features/staff/contract.ts';
import { ask } from '../../api/query.ts';
import type { SignInRequest } from '../../api/sign-in-request.ts';
import { useStationClock } from '../../api/station-clock.ts';
import { deskPathOf } from '../../desk-path.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useLanguage } from '../../texts/language.tsx';
import { signInTexts } from '../../texts/sign-in.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { LockFilled, StopOutlined, UserOutlined } from '../../ui/icons.tsx';
import { useKeys } from '../../ui/keys.ts';
import { PinInput } from '../../ui/PinInput.tsx';
import { Status } from '../../ui/Status.tsx';
import { spanText } from '../../ui/time-text.ts';
import { roleNames } from './role-names.ts';

/** How this window calls itself in the journal: its path, as `door/R1`. */
const deskName = (): string => window.location.pathname.slice(1, 41) || 'home';

/** Name, six digits, in. Wrong PINs make the station wait longer each time; the wait is counted down here. */
export function SignIn(props: {
  why: SignInRequest;
  /** Who is signed in now: the one who locked, or whose role was not enough. */
  person: StaffMember | null;
  onDone: () => void;
  onBack: (() => void) | null;
}): ReactNode {
  const t = useTexts(signInTexts);
  const { language, setLanguage } = useLanguage();
  const sentence = useErrorSentence();
  const queries = useQueryClient();
  const names = useQuery(ask.staff.names.queryOptions());
  const [staffId, setStaffId] = useState<string | null>(
    props.why === 'wrong-role' ? null : (props.person?.staffId ?? null),
  );
  const [pin, setPin] = useState('');
  const [retryAtMs, setRetryAtMs] = useState(0);
  const nowMs = useStationClock();
  const waitMs = Math.max(0, retryAtMs - nowMs);

  const signIn = useMutation(
    ask.staff.signIn.mutationOptions({
      onSuccess: (member) => {
        queries.setQueryData(ask.staff.me.queryKey(), member);
        void queries.invalidateQueries();
        props.onDone();
      },
      onError: (error) => {
        setPin('');
        if (isDefinedError(error)) setRetryAtMs(error.data.retryAtMs);
      },
    }),
  );
  const chosen = names.data?.find((member) => member.staffId === staffId) ?? null;
  const ready = chosen !== null && pin.length === 6 && waitMs === 0 && !signIn.isPending;
  const go = () => {
    if (ready) signIn.mutate({ staffId: chosen.staffId, pin, desk: deskName() });
  };
  useKeys({ Enter: go, Escape: props.onBack ?? undefined }, { modal: true });

  const titles = {
    'signed-out': { icon: <UserOutlined />, text: t.title, tone: '' },
    locked: { icon: <LockFilled />, text: t.locked(props.person?.name ?? ''), tone: 'is-not-done' },
    'wrong-role': { icon: <StopOutlined />, text: t.wrongRole, tone: 'is-stop' },
  };
  const title = titles[props.why];
  // Whether every camera records must be seen across the room, whoever is away.
  const seeThrough = props.why === 'locked' && deskPathOf(window.location.pathname).kind === 'room';
  return (
    <div
      className={seeThrough ? 'ui-veil staff-see-through' : 'ui-veil'}
      role="dialog"
      aria-modal="true"
      aria-label={title.text}
    >
      <div className="ui-card ui-sheet staff-sign-in">
        <h1 className={`ui-sheet-title ${title.tone}`}>
          {title.icon} {title.text}
        </h1>
        {props.why === 'locked' && <p>{t.lockedHelp}</p>}
        {props.why === 'wrong-role' && <p>{t.wrongRoleHelp}</p>}
        <label className="staff-field" htmlFor="staff-name">
          {t.name}
        </label>
        <Select<string>
          id="staff-name"
          size="large"
          style={{ width: '100%' }}
          showSearch={{ optionFilterProp: 'label' }}
          autoFocus={staffId === null}
          loading={names.isPending}
          placeholder={t.chooseName}
          notFoundContent={t.noNames}
          value={staffId}
          onChange={(value) => {
            setStaffId(value);
            setPin('');
            setRetryAtMs(0);
            signIn.reset();
          }}
          options={(names.data ?? []).map((member) => ({
            value: member.staffId,
            label: `${member.name} · ${roleNames(member.roles, language)}`,
          }))}
        />
        <span className="staff-field">{t.pin}</span>
        <PinInput
          // A fresh field for every person and every try; it takes the focus as soon as it can be typed into.
          key={`${chosen?.staffId ?? ''}:${signIn.submittedAt}:${signIn.isPending}:${waitMs > 0}`}
          label={t.pin}
          value={pin}
          onChange={setPin}
          autoFocus={chosen !== null}
          disabled={chosen === null || waitMs > 0}
        />
        <p className="staff-message" role="alert">
          {waitMs > 0 ? (
            <Status kind="look">{t.wait(spanText(waitMs + 999))}</Status>
          ) : (
            signIn.isError && <Status kind="look">{sentence(signIn.error)}</Status>
          )}
        </p>
        <BigButton size={64} blue hint="Enter" disabled={!ready} onPress={go}>
          {t.signIn}
        </BigButton>
        <div className="staff-below">
          {props.onBack !== null && (
            <BigButton size={36} hint="Esc" onPress={props.onBack}>
              {t.back}
            </BigButton>
          )}
          <button
            type="button"
            className="ui-plain-button"
            onClick={() => setLanguage(language === 'zh-CN' ? 'en' : 'zh-CN')}
          >
            {language === 'zh-CN' ? 'English' : '中文'}
          </button>
        </div>
      </div>
    </div>
  );
}
