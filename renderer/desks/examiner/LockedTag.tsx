import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { examinerTexts } from '../../texts/examiner.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { EyeInvisibleOutlined, LockFilled, UnlockOutlined } from '../../ui/icons.tsx';
import { clockText } from '../../ui/time-text.ts';

export function LockedTag({ atMs }: { atMs: number }): ReactNode {
  const t = useTexts(examinerTexts);
  return (
    <Tag color="success" icon={<LockFilled />} className="desk-tag">
      {t.lockedAt(clockText(atMs))}
    </Tag>
  );
}

/** What an examiner may know while marking: it is not locked, and nobody is named. */
export function BlindTags(): ReactNode {
  const t = useTexts(examinerTexts);
  return (
    <>
      <Tag icon={<UnlockOutlined />} className="desk-tag">
        {t.unlocked}
      </Tag>
      <Tag icon={<EyeInvisibleOutlined />} className="desk-tag">
        {t.blind}
      </Tag>
    </>
  );
}
