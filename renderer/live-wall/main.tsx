import 'antd/dist/reset.css';
import '@fontsource-variable/noto-sans-sc';
import '../fonts/rare-han.css';
import '../ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { LanguageProvider } from '../texts/language.tsx';
import { Crash } from '../ui/Crash.tsx';
import { giveStylesTheNonce } from '../ui/style-nonce.ts';
import { StationTheme } from '../ui/theme.tsx';
import { LiveWall } from './LiveWall.tsx';

giveStylesTheNonce();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <LanguageProvider>
      <StationTheme>
        <Crash>
          <LiveWall />
        </Crash>
      </StationTheme>
    </LanguageProvider>
  </StrictMode>,
);
