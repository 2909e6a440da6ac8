import { createRoot } from 'react-dom/client';
import { config } from 'zod/v4/core';
import { App } from './App';
import { createI18nProvider } from './i18n/i18nProvider';

// The policy of the page forbids code made from text, and zod would only try it to see.
config({ jitless: true });

const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');
void createI18nProvider().then((i18nProvider) => createRoot(root).render(<App i18nProvider={i18nProvider} />));
