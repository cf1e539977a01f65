import type { ReactNode } from 'react';
import { useKeys } from '../../ui/keys.ts';

/** A sheet over the board: Esc goes back and loses nothing, Enter is the blue block. */
export function Dialog(props: {
  title: string;
  onBack: () => void;
  onEnter: () => void;
  children: ReactNode;
}): ReactNode {
  useKeys({ Escape: props.onBack, Enter: props.onEnter }, { modal: true });
  return (
    <div className="ui-veil" role="dialog" aria-modal="true" aria-label={props.title}>
      <div className="ui-card ui-sheet tl-sheet">
        <h2 className="ui-sheet-title">{props.title}</h2>
        {props.children}
      </div>
    </div>
  );
}
