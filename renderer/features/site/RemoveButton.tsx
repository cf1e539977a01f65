import { type ReactNode, useState } from 'react';
import { BigButton } from '../../ui/BigButton.tsx';

/** Takes something off a list: pressed once it asks, pressed again it does. */
export function RemoveButton(props: {
  words: { remove: string; removeSurely: string };
  disabled: boolean;
  onRemove: () => void;
}): ReactNode {
  const [asked, setAsked] = useState(false);
  return (
    <BigButton size={48} disabled={props.disabled} onPress={asked ? props.onRemove : () => setAsked(true)}>
      {asked ? props.words.removeSurely : props.words.remove}
    </BigButton>
  );
}
