import './site.css';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useLanguage } from '../../texts/language.tsx';
import { siteTexts } from '../../texts/site.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { PinInput } from '../../ui/PinInput.tsx';
import { Status } from '../../ui/Status.tsx';
import { firstStartProblem } from './first-start-problem.ts';
import { KeyCard } from './KeyCard.tsx';

/** First start: which site this is, who leads it, and the keys; then the fingerprint for the centre's telephone call. */
export function FirstStart(): ReactNode {
  const t = useTexts(siteTexts);
  const { language, setLanguage } = useLanguage();
  const sentence = useErrorSentence();
  const queries = useQueryClient();
  const state = useQuery(ask.site.state.queryOptions()).data;
  const [form, setForm] = useState({ siteName: '', filingNumber: '', stationId: '', leadName: '' });
  const [pin, setPin] = useState('');
  const [pinAgain, setPinAgain] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [passphraseAgain, setPassphraseAgain] = useState('');
  const [tried, setTried] = useState(false);
  const create = useMutation(ask.site.create.mutationOptions());

  if (create.data !== undefined) {
    const enter = () => {
      void queries.invalidateQueries();
      window.location.assign('/');
    };
    return <KeyCard site={create.data.site} onNext={enter} />;
  }
  if (state !== undefined && state.kind !== 'new')
    return <KeyCard site={state.site} onNext={() => window.location.assign('/')} />;

  const needsPassphrase = state?.keyWrap !== 'os-keystore';
  const problem = firstStartProblem({ ...form, pin, pinAgain, needsPassphrase, passphrase, passphraseAgain });
  const go = () => {
    setTried(true);
    if (problem !== null || create.isPending) return;
    create.mutate({
      siteName: form.siteName,
      filingNumber: form.filingNumber,
      stationId: form.stationId,
      lead: { name: form.leadName, pin },
      ...(needsPassphrase && { passphrase }),
    });
  };
  const field = (name: keyof typeof form, label: string, help: string, change = (s: string) => s) => (
    <label className="site-field" htmlFor={`site-${name}`}>
      <b>{label}</b>
      <Input
        id={`site-${name}`}
        size="large"
        value={form[name]}
        maxLength={80}
        autoFocus={name === 'siteName'}
        onChange={(event) => setForm({ ...form, [name]: change(event.target.value) })}
      />
      <small>{help}</small>
    </label>
  );
  return (
    <main className="ui-page">
      <form
        className="ui-page-inner site-first"
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <header className="site-head">
          <h1>{t.firstStart}</h1>
          <button
            type="button"
            className="ui-plain-button"
            onClick={() => setLanguage(language === 'zh-CN' ? 'en' : 'zh-CN')}
          >
            {language === 'zh-CN' ? 'English' : '中文'}
          </button>
        </header>
        <p className="site-lead">{t.firstStartHelp}</p>
        <section className="ui-card site-box">
          <h2>{t.thisSite}</h2>
          <div className="site-columns">
            {field('siteName', t.siteName, t.siteNameHelp)}
            {field('filingNumber', t.filingNumber, t.filingNumberHelp)}
            {field('stationId', t.stationId, t.stationIdHelp, (s) => s.toUpperCase())}
          </div>
        </section>
        <section className="ui-card site-box">
          <h2>{t.theLead}</h2>
          <div className="site-columns">
            {field('leadName', t.leadName, t.leadNameHelp)}
            <div className="site-field">
              <b>{t.pin}</b>
              <PinInput value={pin} onChange={setPin} label={t.pin} />
              <small>{t.pinHelp}</small>
            </div>
            <div className="site-field">
              <b>{t.pinAgain}</b>
              <PinInput value={pinAgain} onChange={setPinAgain} label={t.pinAgain} />
            </div>
          </div>
        </section>
        {needsPassphrase && (
          <section className="ui-card site-box">
            <h2>{t.thePassphrase}</h2>
            <p>{t.passphraseWhy}</p>
            <div className="site-columns">
              <label className="site-field" htmlFor="site-passphrase">
                <b>{t.passphrase}</b>
                <Input.Password
                  id="site-passphrase"
                  size="large"
                  autoComplete="new-password"
                  value={passphrase}
                  onChange={(event) => setPassphrase(event.target.value)}
                />
              </label>
              <label className="site-field" htmlFor="site-passphrase-again">
                <b>{t.passphraseAgain}</b>
                <Input.Password
                  id="site-passphrase-again"
                  size="large"
                  autoComplete="new-password"
                  value={passphraseAgain}
                  onChange={(event) => setPassphraseAgain(event.target.value)}
                />
              </label>
            </div>
          </section>
        )}
        <div className="site-foot">
          <p role="alert">
            {create.isError ? (
              <Status kind="look">{sentence(create.error)}</Status>
            ) : (
              tried && problem !== null && <Status kind="look">{t.problems[problem]}</Status>
            )}
          </p>
          <BigButton size={64} blue disabled={create.isPending} onPress={go}>
            {create.isPending ? t.creating : t.create}
          </BigButton>
        </div>
      </form>
    </main>
  );
}
