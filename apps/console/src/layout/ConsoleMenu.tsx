import AccountTree from '@mui/icons-material/AccountTreeOutlined';
import Adjust from '@mui/icons-material/TuneOutlined';
import Apartment from '@mui/icons-material/ApartmentOutlined';
import Balance from '@mui/icons-material/BalanceOutlined';
import Bank from '@mui/icons-material/AccountBalanceOutlined';
import Card from '@mui/icons-material/CreditCardOutlined';
import Controls from '@mui/icons-material/FactCheckOutlined';
import Dispute from '@mui/icons-material/ForumOutlined';
import Event from '@mui/icons-material/CalendarMonthOutlined';
import Category from '@mui/icons-material/Inventory2Outlined';
import Home from '@mui/icons-material/TripOriginOutlined';
import Insights from '@mui/icons-material/InsightsOutlined';
import Link from '@mui/icons-material/LinkOutlined';
import Mail from '@mui/icons-material/ReportGmailerrorredOutlined';
import Pause from '@mui/icons-material/PauseCircleOutlined';
import Percent from '@mui/icons-material/PercentOutlined';
import Payments from '@mui/icons-material/PaymentsOutlined';
import People from '@mui/icons-material/PeopleAltOutlined';
import Person from '@mui/icons-material/ManageAccountsOutlined';
import Place from '@mui/icons-material/PlaceOutlined';
import Recalculate from '@mui/icons-material/CalculateOutlined';
import Receipt from '@mui/icons-material/ReceiptLongOutlined';
import Send from '@mui/icons-material/SendOutlined';
import RuleFolder from '@mui/icons-material/RuleFolderOutlined';
import Settings from '@mui/icons-material/SettingsOutlined';
import Store from '@mui/icons-material/StorefrontOutlined';
import Task from '@mui/icons-material/TaskAltOutlined';
import Undo from '@mui/icons-material/UndoOutlined';
import Upload from '@mui/icons-material/UploadFileOutlined';
import { Box, Typography } from '@mui/material';
import type { ReactElement } from 'react';
import { Menu, useSidebarState, useTranslate } from 'react-admin';
import { myWorkspaces } from './workspaces';

const ICONS: Record<string, ReactElement> = {
  members: <People />,
  touchpoints: <Place />,
  partner_tree: <AccountTree />,
  my_network: <AccountTree />,
  partners: <Store />,
  bindings: <Link />,
  plans: <RuleFolder />,
  review: <Task />,
  my_statements: <Task />,
  periods: <Event />,
  disputes: <Dispute />,
  my_disputes: <Dispute />,
  adjustments: <Adjust />,
  payouts: <Send />,
  bank: <Bank />,
  payees: <Card />,
  my_payee: <Card />,
  withholding: <Percent />,
  commission: <Payments />,
  my_earnings: <Payments />,
  recalculations: <Recalculate />,
  held: <Pause />,
  held_refunds: <Pause />,
  ledger: <Balance />,
  controls: <Controls />,
  settings: <Settings />,
  board: <Insights />,
  orders: <Receipt />,
  my_orders: <Receipt />,
  refunds: <Undo />,
  products: <Category />,
  imports: <Upload />,
  dead_letters: <Mail />,
  operators: <Person />,
  departments: <Apartment />,
};

/** Workspaces follow the work of a department, not the services behind it. */
export const ConsoleMenu = () => {
  const translate = useTranslate();
  const [open] = useSidebarState();
  return (
    <Menu sx={{ pb: 4, '& .RaMenuItemLink-root': { borderRadius: 2, mx: 1, fontSize: '0.9rem', py: 0.75 } }}>
      <Menu.Item to="/" primaryText={translate('menu.home')} leftIcon={<Home />} />
      {myWorkspaces().map((workspace) => (
        <Box key={workspace.key} role="group" aria-label={translate(`workspace.${workspace.key}`)} sx={{ mt: 1.5 }}>
          {open ? (
            <Typography variant="caption" color="textSecondary" sx={{ px: 3, fontWeight: 600, letterSpacing: '0.04em' }}>
              {translate(`workspace.${workspace.key}`)}
            </Typography>
          ) : null}
          {workspace.items.map((item) => (
            <Menu.Item key={item.key} to={item.to} primaryText={translate(`menu.${item.key}`)} leftIcon={ICONS[item.key]} />
          ))}
        </Box>
      ))}
    </Menu>
  );
};
