import type { StaffMember } from '../../../electron/features/staff/contract.ts';
import type { Language } from '../../texts/language.tsx';

type Role = StaffMember['roles'][number];

const names: Record<Language, Record<Role, string>> = {
  'zh-CN': {
    door: '考务',
    invigilator: '监考',
    examiner: '考评员',
    'score-keeper': '成绩管理员',
    supervisor: '督导员',
    'site-lead': '考点负责人',
  },
  en: {
    door: 'Site staff',
    invigilator: 'Invigilator',
    examiner: 'Examiner',
    'score-keeper': 'Score keeper',
    supervisor: 'Supervisor',
    'site-lead': 'Site lead',
  },
};

/** The roles as people say them, in the order given. Unknown words pass through. */
export const roleNames = (roles: readonly string[], language: Language): string =>
  roles.map((role) => names[language][role as Role] ?? role).join(language === 'zh-CN' ? '、' : ', ');
