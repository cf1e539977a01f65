import { type ChangeEvent, type ReactNode, useRef, useState } from 'react';

export interface SignedPair {
  text: string;
  signature: string;
}

/**
 * Chooses a signed text and its signature, two files at once, as the centre hands them out: `NAME.json` and `NAME.json.sig`.
 *
 * @param label   what the chooser is, for who cannot see it
 * @param onPair  gets both as they are; nothing is checked here
 * @returns `input` to be put anywhere, `choose` to open it, `halved` when the last choice was not exactly two such files
 */
export function useSignedPair(
  label: string,
  onPair: (pair: SignedPair) => void,
): { input: ReactNode; choose: () => void; halved: boolean } {
  const chooser = useRef<HTMLInputElement>(null);
  const [halved, setHalved] = useState(false);
  const chosen = async (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.target.files ?? [])];
    const signature = files.find((file) => file.name.endsWith('.sig'));
    const text = files.find((file) => file !== signature);
    event.target.value = '';
    setHalved(!text || !signature || files.length !== 2);
    if (text && signature && files.length === 2) onPair({ text: await text.text(), signature: await signature.text() });
  };
  const input = (
    <input
      ref={chooser}
      type="file"
      hidden
      multiple
      accept=".json,.sig"
      aria-label={label}
      onChange={(event) => void chosen(event)}
    />
  );
  return { input, choose: () => chooser.current?.click(), halved };
}
