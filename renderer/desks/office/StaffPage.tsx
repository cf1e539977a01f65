import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Checkbox, Input, Select, Table } from 'antd';
import { type ReactNode, useState } from 'react';
import type { StaffMember } from '../../../electron/features/staff/contract.ts';
import type { ExaminerId } from '../../../electron/lib/ids.ts';
import { ask } from '../../api/query.ts';
import { roleNames } from '../../features/staff/role-names.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useLanguage } from '../../texts/language.tsx';
import { officeTexts } from '../../texts/office.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { PinInput } from '../../ui/PinInput.tsx';
import { Status } from '../../ui/Status.tsx';

type Role = StaffMember['roles'][number];

const allRoles: readonly Role[] = ['site-lead', 'door', 'invigilator', 'examiner', 'supervisor', 'score-keeper'];

/** Roles that watch over the others and are held alone. The station decides; here they cannot even be ticked. */
const heldAlone: readonly Role[] = ['supervisor', 'score-keeper'];

/** Roles that read who sits where: whoever marks by seat must not. */
const knowsNames: readonly Role[] = ['door', 'invigilator', 'site-lead'];

const clash = (a: Role, b: Role): boolean =>
  heldAlone.includes(a) ||
  heldAlone.includes(b) ||
  (a === 'examiner' && knowsNames.includes(b)) ||
  (b === 'examiner' && knowsNames.includes(a));

const clashes = (held: readonly Role[], role: Role): boolean =>
  held.some((other) => other !== role && clash(other, role));

const nothing = { name: '', roles: [] as Role[], pin: '', examinerId: null as ExaminerId | null };

/** Everyone who can sign in, and one form to add a person; the person types the PIN. */
export function StaffPage(): ReactNode {
  const t = useTexts(officeTexts);
  const { language } = useLanguage();
  const people = useQuery(ask.staff.names.queryOptions());
  const plan = useQuery(ask.plan.current.queryOptions()).data;
  const examinerName = (id: string | null) => plan?.examiners.find((e) => e.examinerId === id)?.name ?? id ?? '';
  return (
    <div className="staff">
      <section className="ui-card office-list">
        <header>
          <h2>{t.staffTitle}</h2>
          <p className="office-quiet">{t.staffHelp}</p>
        </header>
        <div className="office-scroll">
          <Table
            rowKey="staffId"
            size="middle"
            sticky
            pagination={false}
            loading={people.isPending && { delay: 1000 }}
            locale={{ emptyText: t.noStaff }}
            dataSource={people.data ?? []}
            columns={[
              { title: t.name, dataIndex: 'name' },
              { title: t.roles, render: (_, person) => roleNames(person.roles, language) },
              {
                title: t.examiner,
                render: (_, person) =>
                  plan && person.roles.includes('examiner') && person.examinerId === null
                    ? t.examinerNotInPlan
                    : examinerName(person.examinerId),
              },
            ]}
          />
        </div>
      </section>
      <AddStaff
        examiners={(plan?.examiners ?? []).filter((e) => !people.data?.some((p) => p.examinerId === e.examinerId))}
      />
    </div>
  );
}

function AddStaff({ examiners }: { examiners: { examinerId: ExaminerId; name: string }[] }): ReactNode {
  const t = useTexts(officeTexts);
  const { language } = useLanguage();
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const [person, setPerson] = useState(nothing);
  const add = useMutation(
    ask.staff.add.mutationOptions({
      onSuccess: () => setPerson(nothing),
      onError: () => setPerson((before) => ({ ...before, pin: '' })),
      onSettled: () => void queries.invalidateQueries({ queryKey: ask.staff.key() }),
    }),
  );
  const change = (part: Partial<typeof nothing>) => {
    add.reset();
    setPerson((before) => ({ ...before, ...part }));
  };
  const isExaminer = person.roles.includes('examiner');
  const lacks =
    person.name.trim() === ''
      ? t.nameNeeded
      : person.roles.length === 0
        ? t.roleNeeded
        : isExaminer && person.examinerId === null
          ? t.examinerNeeded
          : person.pin.length < 6
            ? t.pinNeeded
            : null;
  const submit = () => {
    if (lacks !== null || add.isPending) return;
    add.mutate({ ...person, name: person.name.trim(), examinerId: isExaminer ? person.examinerId : null });
  };
  return (
    <form
      className="ui-card staff-add"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h2>{t.addTitle}</h2>
      <label htmlFor="staff-name">
        {t.name}
        <Input
          id="staff-name"
          size="large"
          maxLength={40}
          value={person.name}
          onChange={(e) => change({ name: e.target.value })}
        />
      </label>
      <fieldset>
        <legend>{t.roles}</legend>
        <Checkbox.Group<Role>
          value={person.roles}
          onChange={(roles) => change({ roles })}
          options={allRoles.map((role) => ({
            value: role,
            label: roleNames([role], language),
            disabled: !person.roles.includes(role) && clashes(person.roles, role),
          }))}
        />
        <small>{t.clashHelp}</small>
      </fieldset>
      {isExaminer && (
        <label htmlFor="staff-examiner">
          {t.examiner}
          <Select<ExaminerId>
            id="staff-examiner"
            size="large"
            value={person.examinerId}
            placeholder={t.noExaminer}
            onChange={(examinerId) => change({ examinerId })}
            options={examiners.map((e) => ({ value: e.examinerId, label: e.name }))}
          />
        </label>
      )}
      <div className="staff-pin">
        <span>{t.pin}</span>
        <PinInput value={person.pin} onChange={(pin) => change({ pin })} label={t.pin} disabled={add.isPending} />
      </div>
      <p role="status">
        {add.isError ? (
          <Status kind="stop">{sentenceOf(add.error)}</Status>
        ) : add.isSuccess && person.name === '' ? (
          <Status kind="done">{t.added(add.data.name)}</Status>
        ) : (
          <span className="office-quiet">{person.name === '' && person.roles.length === 0 ? '' : lacks}</span>
        )}
      </p>
      <BigButton size={64} blue={lacks === null} disabled={lacks !== null || add.isPending} onPress={submit}>
        {t.addStaff}
      </BigButton>
    </form>
  );
}
