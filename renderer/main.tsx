import 'antd/dist/reset.css';
import '@fontsource-variable/noto-sans-sc';
import './fonts/rare-han.css';
import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { giveStylesTheNonce } from './ui/style-nonce.ts';

giveStylesTheNonce();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
