import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';

/** Chinese first; English by switch, kept for this window's browser. */
export type Language = 'zh-CN' | 'en';

const storageKey = 'kaodian.language';

function storedLanguage(): Language {
  return globalThis.localStorage?.getItem(storageKey) === 'en' ? 'en' : 'zh-CN';
}

const Context = createContext<{ language: Language; setLanguage: (language: Language) => void }>({
  language: 'zh-CN',
  setLanguage: () => undefined,
});

export const useLanguage = () => useContext(Context);

export function LanguageProvider({ children }: { children: ReactNode }): ReactNode {
  const [language, choose] = useState(storedLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const value = useMemo(
    () => ({
      language,
      setLanguage: (chosen: Language) => {
        localStorage.setItem(storageKey, chosen);
        choose(chosen);
      },
    }),
    [language],
  );
  return <Context value={value}>{children}</Context>;
}
