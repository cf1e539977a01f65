import { ConfigProvider, type ConfigProviderProps, type ThemeConfig } from 'antd';
import enUS from 'antd/es/locale/en_US.js';
import zhCN from 'antd/es/locale/zh_CN.js';
import type { ReactNode } from 'react';
import { useLanguage } from '../texts/language.tsx';
import { styleNonce } from './style-nonce.ts';

type Locale = NonNullable<ConfigProviderProps['locale']>;

/**
 * The station's colours. Blue means "press"; green done, amber "a person must look", red stop, grey not done yet.
 * Contrast on white was measured: 6.16, 5.59, 6.79, 5.57 to 1. Backgrounds and borders are given because from dark
 * seeds Ant Design derives grey mud. The same values stand in base.css for own parts.
 */
const theme: ThemeConfig = {
  hashed: false,
  token: {
    colorPrimary: '#0958d9',
    colorInfo: '#0958d9',
    colorPrimaryHover: '#003eb3',
    colorLink: '#0958d9',
    colorLinkHover: '#003eb3',
    colorSuccess: '#237804',
    colorSuccessBg: '#f6ffed',
    colorSuccessBorder: '#95de64',
    colorWarning: '#874d00',
    colorWarningBg: '#fffbe6',
    colorWarningBorder: '#ad6800',
    colorError: '#cf1322',
    colorErrorBg: '#fff1f0',
    colorErrorBorder: '#ff7875',
    colorText: 'rgba(0,0,0,0.88)',
    colorTextSecondary: '#595959',
    colorTextTertiary: '#6b6b6b',
    colorTextDescription: '#595959',
    colorTextPlaceholder: '#6b6b6b',
    colorTextDisabled: '#6b6b6b',
    colorBgLayout: '#f5f5f5',
    colorBorder: '#8c8c8c',
    colorBorderSecondary: '#d9d9d9',
    borderRadius: 6,
    borderRadiusLG: 8,
    fontSize: 16,
    // Above a sheet (.ui-veil, 1200): the list of names opens inside the sign-in.
    zIndexPopupBase: 1250,
    fontFamily:
      '"Noto Sans SC Variable", "Noto Sans SC Rare", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", sans-serif',
  },
};

/** Ant Design declares its files as CommonJS: the compiler sees a module where the bundler sees its default. */
const localeOf = (file: Locale | { default: Locale }): Locale => ('default' in file ? file.default : file);

export function StationTheme({ children }: { children: ReactNode }): ReactNode {
  const { language } = useLanguage();
  return (
    <ConfigProvider
      locale={localeOf(language === 'zh-CN' ? zhCN : enUS)}
      // Without this Ant Design writes 取 消 for 取消.
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      csp={{ nonce: styleNonce }}
      theme={theme}
    >
      {children}
    </ConfigProvider>
  );
}
