import type { ReactNode } from 'react';
import { Layout } from 'react-admin';
import { ConsoleAppBar } from './ConsoleAppBar';
import { ConsoleMenu } from './ConsoleMenu';

export const ConsoleLayout = ({ children }: { children: ReactNode }) => (
  <Layout
    appBar={ConsoleAppBar}
    menu={ConsoleMenu}
    sx={{
      minWidth: 0,
      '& .RaLayout-content': { px: { xs: 2, md: 4 }, pb: 6, pt: 1, minWidth: 0 },
      '& .RaSidebar-fixed': { height: '100vh' },
    }}
  >
    {children}
  </Layout>
);
