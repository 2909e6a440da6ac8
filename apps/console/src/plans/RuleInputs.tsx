import { partnerType, planRule, recipient } from '@concentric/contracts';
import { Box } from '@mui/material';
import { ArrayInput, required, SelectArrayInput, SelectInput, SimpleFormIterator, TextArrayInput, TextInput } from 'react-admin';
import { useChannelChoices, useWordChoices } from '../pages/choices';
import { useBrand } from '../providers/brand';
import { isExact } from '../money/typed';

/** Roles that a split usually names; a plan of the brand may name others, which are offered as well. */
const USUAL_ROLES = [...partnerType.options, 'bound_partner'];
/** A rule as it usually begins. */
const NEW_RULE = { role: 'store', recipient: { from: 'store' }, base: 'net', categories: [], channels: [] };

const BLOCK = {
  display: 'grid',
  columnGap: 2,
  pt: 1,
  width: '100%',
  gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 200px), 1fr))',
};

/** Who earns how much of what: one block per rule. */
export const RuleInputs = ({ roles }: { roles: readonly string[] }) => {
  const currency = useBrand()?.currency ?? 'CNY';
  const names = useWordChoices('role', [...new Set([...USUAL_ROLES, ...roles])]);
  const starts = useWordChoices('rule_from', recipient.shape.from.options);
  const types = useWordChoices('partner_type', partnerType.options);
  const bases = useWordChoices('rule_base', planRule.shape.base.unwrap().options);
  const channels = useChannelChoices();
  const percent = (text: string) => (isExact(text) ? undefined : 'plan.not_percent');
  const amount = (text: string) => (isExact(text, currency) ? undefined : 'plan.not_amount');
  return (
    <ArrayInput source="rules" label="plan.rules" defaultValue={[NEW_RULE]}>
      <SimpleFormIterator disableReordering disableClear fullWidth>
        <Box sx={BLOCK}>
          <SelectInput source="role" label="commission.role" choices={names} validate={required()} />
          <SelectInput source="recipient.from" label="plan.from" choices={starts} validate={required()} />
          <SelectInput source="recipient.climbTo" label="plan.climb_to" choices={types} helperText="plan.climb_help" />
          <TextInput source="ratePpm" label="plan.rate" validate={percent} helperText="plan.rate_help" />
          <TextInput source="fixedMinor" label="plan.fixed" validate={amount} helperText="plan.rate_help" />
          <SelectInput source="base" label="plan.base" choices={bases} defaultValue="net" validate={required()} />
          <TextInput source="capMinor" label="plan.cap" validate={amount} helperText="plan.optional" />
          <TextArrayInput source="categories" label="plan.categories" helperText="plan.categories_help" />
          <SelectArrayInput source="channels" label="plan.channels" choices={channels} helperText="plan.all_when_empty" />
        </Box>
      </SimpleFormIterator>
    </ArrayInput>
  );
};
