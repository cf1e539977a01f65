import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import type { PhotoDecoderState } from '../../../electron/features/site/contract.ts';
import { ask } from '../../api/query.ts';
import { devicesTexts } from '../../texts/devices.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { Status, type StatusKind } from '../../ui/Status.tsx';
import { clockText } from '../../ui/time-text.ts';

const tones: Record<PhotoDecoderState['kind'], StatusKind> = {
  none: 'not-done',
  untried: 'not-done',
  works: 'done',
  failed: 'look',
};

/** The program that turns the photo on a card into a picture: its command line, and how it went the last time. */
export function PhotoDecoderCard(): ReactNode {
  const t = useTexts(devicesTexts);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const decoder = useQuery(ask.site.readers.queryOptions()).data?.photoDecoder;
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const save = useMutation(
    ask.site.setPhotoDecoder.mutationOptions({
      onSuccess: () => {
        setTyped(null);
        setOpen(false);
      },
      onSettled: () => void queries.invalidateQueries({ queryKey: ask.site.readers.key() }),
    }),
  );
  if (decoder === undefined) return null;
  const { commandLine, state } = decoder;
  const wanted = typed ?? commandLine;
  const changed = wanted.trim() !== commandLine;
  const submit = () => {
    if (changed && !save.isPending) save.mutate({ commandLine: wanted });
  };
  return (
    <section className="ui-card devices-card">
      <header className="devices-head">
        <h2>{t.photoDecoder}</h2>
        {!open && (
          <BigButton size={36} onPress={() => setOpen(true)}>
            {t.setDecoder}
          </BigButton>
        )}
      </header>
      <p role="status">
        <Status kind={tones[state.kind]}>{decoderWords(state, t)}</Status>
      </p>
      {state.kind === 'failed' && state.detail !== '' && <small className="devices-quiet">{state.detail}</small>}
      {open && (
        <form
          className="devices-form"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <label htmlFor="photo-decoder">{t.commandLine}</label>
          <Input
            id="photo-decoder"
            size="large"
            autoFocus
            maxLength={500}
            spellCheck={false}
            value={wanted}
            placeholder="/opt/wlt/wlt2bmp {wlt} {picture}"
            onChange={(event) => {
              save.reset();
              setTyped(event.target.value);
            }}
          />
          <small>{t.commandLineHelp}</small>
          <div className="devices-reader-acts">
            <BigButton size={48} blue={changed} disabled={!changed || save.isPending} onPress={submit}>
              {save.isPending ? t.saving : t.saveShort}
            </BigButton>
            <BigButton
              size={48}
              onPress={() => {
                save.reset();
                setTyped(null);
                setOpen(false);
              }}
            >
              {t.cancel}
            </BigButton>
          </div>
        </form>
      )}
      {save.isError && (
        <p role="alert">
          <Status kind="stop">{sentenceOf(save.error)}</Status>
        </p>
      )}
    </section>
  );
}

function decoderWords(state: PhotoDecoderState, t: (typeof devicesTexts)['en']): string {
  if (state.kind === 'failed') {
    const why = t.decodeFailures[state.code] ?? state.code;
    return state.resting ? t.decoderResting(why) : t.decoderFailed(clockText(state.atMs), why);
  }
  return state.kind === 'works' ? t.decoderWorks(clockText(state.atMs)) : t.decoderNow[state.kind];
}
