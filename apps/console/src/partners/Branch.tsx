import Closed from '@mui/icons-material/ChevronRight';
import Open from '@mui/icons-material/ExpandMore';
import { Box, ButtonBase, Typography } from '@mui/material';
import { useState, type KeyboardEvent } from 'react';
import { Link, useLocale, useTranslate } from 'react-admin';
import { Word } from '../fields/fields';
import { formatCount } from '../money/format';
import { Loaded, Quiet } from '../pages/Section';
import { useBrandApi } from '../pages/useApi';
import { useBrand } from '../providers/brand';
import { queryOf } from '../providers/dataProvider';
import type { PartnerTree } from '../providers/rows';
import { endOfDate } from './calendar';

type Node = PartnerTree['data'][number];

const Leaf = ({ node, asOf, level }: { node: Node; asOf: string; level: number }) => {
  const translate = useTranslate();
  const locale = useLocale();
  const [open, setOpen] = useState(false);
  const inner = node.children > 0;
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowRight' && inner) setOpen(true);
    if (event.key === 'ArrowLeft') setOpen(false);
  };
  return (
    <Box
      component="li"
      role="treeitem"
      aria-level={level}
      aria-expanded={inner ? open : undefined}
      aria-label={node.name}
      sx={{ listStyle: 'none' }}
    >
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 1,
          py: 0.25,
          borderRadius: 2,
          '&:hover': { bgcolor: 'action.hover' },
        }}
      >
        <ButtonBase
          disabled={!inner}
          onClick={() => setOpen(!open)}
          onKeyDown={onKey}
          aria-label={translate(open ? 'partner.collapse' : 'partner.expand', { name: node.name })}
          sx={{ p: 0.5, borderRadius: 1, visibility: inner ? 'visible' : 'hidden' }}
        >
          {open ? <Open fontSize="small" /> : <Closed fontSize="small" />}
        </ButtonBase>
        <Box sx={{ minWidth: 0, flex: 1 }}>
          <Link to={`/partners/${node.id}/show`}>{node.name}</Link>
          <Typography component="span" variant="caption" color="textSecondary" sx={{ ml: 1 }}>
            <Word plain group="partner_type" value={node.type} /> · {node.code}
          </Typography>
        </Box>
        {inner ? (
          <Typography variant="caption" color="textSecondary" sx={{ pr: 1, whiteSpace: 'nowrap' }}>
            {translate('partner.below', { smart_count: node.children, count: formatCount(node.children, locale) })}
          </Typography>
        ) : null}
      </Box>
      {open ? (
        <Box component="ul" role="group" sx={{ m: 0, pl: { xs: 1.5, sm: 3 }, ml: 1, borderLeft: 1, borderColor: 'divider' }}>
          <Branch parentId={node.id} asOf={asOf} level={level + 1} />
        </Box>
      ) : null}
    </Box>
  );
};

/** What stands directly under one partner, or under the brand, on a date. */
export const Branch = ({ parentId, asOf, level }: { parentId: string | null; asOf: string; level: number }) => {
  const translate = useTranslate();
  const zone = useBrand()?.zone ?? 'UTC';
  const query = useBrandApi<PartnerTree>('distribution', `partners/tree?${queryOf({ asOf: endOfDate(asOf, zone), parentId })}`);
  return (
    <Loaded query={query}>
      {({ data }) =>
        data.length === 0 && level === 1 ? (
          <Quiet>{translate('partner.nobody')}</Quiet>
        ) : (
          <>
            {data.map((node) => (
              <Leaf key={node.id} node={node} asOf={asOf} level={level} />
            ))}
          </>
        )
      }
    </Loaded>
  );
};
