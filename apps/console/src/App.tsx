import { lazy } from 'react';
import { Admin, CustomRoutes, Resource, type I18nProvider } from 'react-admin';
import { Route } from 'react-router-dom';
import { ConsoleLayout } from './layout/ConsoleLayout';
import { SignIn } from './layout/SignIn';
import { authProvider } from './providers/authProvider';
import { dataProvider } from './providers/dataProvider';
import { Home } from './home/Home';
import { resources } from './resources';
import { darkTheme, lightTheme } from './theme/theme';

const Board = lazy(() => import('./indicators/Board').then(({ Board: page }) => ({ default: page })));
const Controls = lazy(() => import('./controls/Controls').then(({ Controls: page }) => ({ default: page })));
const DeadLetters = lazy(() => import('./dead-letters/DeadLetters').then(({ DeadLetters: page }) => ({ default: page })));
const NetworkImport = lazy(() => import('./partners/NetworkImport').then(({ NetworkImport: page }) => ({ default: page })));
const PartnerTree = lazy(() => import('./partners/PartnerTree').then(({ PartnerTree: page }) => ({ default: page })));
const Settings = lazy(() => import('./settings/Settings').then(({ Settings: page }) => ({ default: page })));
const TrialBalance = lazy(() => import('./ledger/TrialBalance').then(({ TrialBalance: page }) => ({ default: page })));

export const App = ({ i18nProvider }: { i18nProvider: I18nProvider }) => (
  <Admin
    authProvider={authProvider}
    dataProvider={dataProvider}
    i18nProvider={i18nProvider}
    dashboard={Home}
    layout={ConsoleLayout}
    loginPage={SignIn}
    theme={lightTheme}
    darkTheme={darkTheme}
    defaultTheme="light"
    title={i18nProvider.translate('app.name')}
    disableTelemetry
    requireAuth
  >
    {resources.map((resource) => (
      <Resource key={resource.name} {...resource} />
    ))}
    <CustomRoutes>
      <Route path="/partner-tree" element={<PartnerTree />} />
      <Route path="/partner-tree/import" element={<NetworkImport />} />
      <Route path="/ledger" element={<TrialBalance />} />
      <Route path="/controls" element={<Controls />} />
      <Route path="/settings" element={<Settings />} />
      <Route path="/board" element={<Board />} />
      <Route path="/dead-letters" element={<DeadLetters />} />
    </CustomRoutes>
  </Admin>
);
