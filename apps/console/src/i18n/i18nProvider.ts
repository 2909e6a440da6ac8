import polyglotI18nProvider from 'ra-i18n-polyglot';
import type { I18nProvider, TranslationMessages } from 'react-admin';

const LOCALES = [
  { locale: 'zh-CN', name: '简体中文' },
  { locale: 'en', name: 'English' },
];
/** Where react-admin keeps what somebody has chosen. */
const CHOSEN = 'RaStore.locale';

async function load(locale: string): Promise<TranslationMessages> {
  const { messages } = locale === 'zh-CN' ? await import('./messages.zh') : await import('./messages.en');
  return messages as TranslationMessages;
}

/** What was chosen before, otherwise the first of the browser's languages that we speak, otherwise English. */
function firstLocale(): string {
  const chosen = localStorage.getItem(CHOSEN)?.replaceAll('"', '');
  if (LOCALES.some(({ locale }) => locale === chosen)) return chosen as string;
  const spoken = navigator.languages.find((language) => /^(zh|en)\b/i.test(language));
  return spoken?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

/** Only the language in use is loaded. */
export async function createI18nProvider(): Promise<I18nProvider> {
  const locale = firstLocale();
  const first = await load(locale);
  const provider = polyglotI18nProvider((wanted) => (wanted === locale ? first : load(wanted)), locale, LOCALES);
  document.documentElement.lang = locale;
  return {
    ...provider,
    changeLocale: async (next) => {
      await provider.changeLocale(next);
      document.documentElement.lang = next;
    },
  };
}
