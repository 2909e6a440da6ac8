import { createRoot } from 'react-dom/client';
import { App } from './App';
import { createI18nProvider } from './i18n/i18nProvider';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');
void createI18nProvider().then((i18nProvider) => createRoot(root).render(<App i18nProvider={i18nProvider} />));
