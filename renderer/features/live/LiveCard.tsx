import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Input, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Line, LiveSettings } from '../../../electron/features/supervision/contract.ts';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { liveTexts } from '../../texts/live.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { Status, type StatusKind } from '../../ui/Status.tsx';
import { clockText } from '../../ui/time-text.ts';

const tones: Record<Line['kind'], StatusKind> = { off: 'not-done', opening: 'not-done', open: 'done', waiting: 'look' };

/** Where live pictures go, on whose word, and how the line stands. */
export function LiveCard(): ReactNode {
  const t = useTexts(liveTexts);
  const state = useQuery(ask.supervision.state.queryOptions()).data;
  const [isOpen, setOpen] = useState(false);
  if (state === undefined) return null;
  const { settings, line } = state;
  return (
    <section className="ui-card devices-card">
      <header className="devices-head">
        <h2>{t.card}</h2>
        {!isOpen && (
          <BigButton size={36} onPress={() => setOpen(true)}>
            {t.set}
          </BigButton>
        )}
      </header>
      <p role="status">
        {settings.way === 'centre' ? (
          <Status kind={tones[line.kind]}>{lineWords(line, t)}</Status>
        ) : (
          <Status kind={settings.way === 'none' ? 'not-done' : 'done'}>{t.ways[settings.way]}</Status>
        )}
      </p>
      {!isOpen && <small className="devices-quiet">{settings.address || t.addressHelp.none}</small>}
      {isOpen && <Form settings={settings} onDone={() => setOpen(false)} />}
    </section>
  );
}

function Form({ settings, onDone }: { settings: LiveSettings; onDone: () => void }): ReactNode {
  const t = useTexts(liveTexts);
  const sentence = useErrorSentence();
  const queries = useQueryClient();
  const [way, setWay] = useState(settings.way);
  const [address, setAddress] = useState(settings.address);
  const [views, setViews] = useState(settings.views);
  const [token, setToken] = useState('');
  const save = useMutation(
    ask.supervision.setLive.mutationOptions({
      onSuccess: onDone,
      onSettled: () => void queries.invalidateQueries({ queryKey: ask.supervision.key() }),
    }),
  );
  const submit = () => {
    if (!save.isPending) save.mutate({ way, address, views, ...(token !== '' && { token }) });
  };
  return (
    <form
      className="devices-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Radio.Group
        aria-label={t.way}
        value={way}
        onChange={(event) => {
          save.reset();
          setWay(event.target.value);
          setAddress(event.target.value === settings.way ? settings.address : '');
        }}
        options={(['none', 'centre', 'whip'] as const).map((value) => ({ value, label: t.ways[value] }))}
      />
      {way !== 'none' && (
        <>
          <label htmlFor="live-address">{t.address[way]}</label>
          <Input
            id="live-address"
            size="large"
            maxLength={300}
            spellCheck={false}
            value={address}
            onChange={(event) => {
              save.reset();
              setAddress(event.target.value);
            }}
          />
        </>
      )}
      <small>{t.addressHelp[way]}</small>
      {way === 'whip' && (
        <Input.Password
          aria-label={t.token}
          size="large"
          maxLength={2_000}
          autoComplete="off"
          value={token}
          placeholder={settings.hasToken ? t.tokenKept : t.token}
          onChange={(event) => setToken(event.target.value)}
        />
      )}
      {way === 'centre' && (
        <Radio.Group
          aria-label={t.views}
          value={views}
          onChange={(event) => setViews(event.target.value)}
          options={(['ask', 'allow'] as const).map((value) => ({ value, label: t.viewRules[value] }))}
        />
      )}
      <div className="devices-reader-acts">
        <BigButton size={48} blue disabled={save.isPending} onPress={submit}>
          {save.isPending ? t.saving : t.save}
        </BigButton>
        <BigButton size={48} onPress={onDone}>
          {t.cancel}
        </BigButton>
      </div>
      {save.isError && (
        <p role="alert">
          <Status kind="stop">{sentence(save.error)}</Status>
        </p>
      )}
    </form>
  );
}

function lineWords(line: Line, t: (typeof liveTexts)['en']): string {
  if (line.kind === 'open') return t.line.open(line.centre);
  if (line.kind !== 'waiting') return t.line[line.kind];
  const why = (line.reason === 'turned-away' && t.turnedAway[line.detail]) || t.lineWhy[line.reason];
  return t.line.waiting(why, clockText(line.againAtMs));
}
