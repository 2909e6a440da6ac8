import Upload from '@mui/icons-material/UploadFileOutlined';
import { Box, Button, Card, TextField } from '@mui/material';
import { Link, useTranslate } from 'react-admin';
import { useSearchParams } from 'react-router-dom';
import { PageHead } from '../pages/PageHead';
import { mayDo } from '../providers/access';
import { useBrand } from '../providers/brand';
import { Branch } from './Branch';
import { dateIn } from './calendar';

/** The channel as it stood on a date: who stood under whom. Children are asked for when a branch is opened. */
export const PartnerTree = () => {
  const translate = useTranslate();
  const brand = useBrand();
  const [search, setSearch] = useSearchParams();
  if (!brand) return null;
  const asOf = search.get('asOf') ?? dateIn(brand.zone, new Date());
  return (
    <>
      <PageHead title="partner.tree" intro="intro.partner_tree">
        {mayDo('partners', 'import') ? (
          <Button component={Link} to="/partner-tree/import" startIcon={<Upload />}>
            {translate('network.import')}
          </Button>
        ) : null}
        <TextField
          type="date"
          label={translate('partner.as_of')}
          value={asOf}
          onChange={(event) => event.target.value && setSearch({ asOf: event.target.value }, { replace: true })}
          slotProps={{ inputLabel: { shrink: true } }}
        />
      </PageHead>
      <Card sx={{ mt: 3, p: { xs: 1, md: 2 } }}>
        <Box component="ul" role="tree" aria-label={translate('partner.tree')} sx={{ m: 0, p: 0 }} data-testid="partner-tree">
          <Branch parentId={null} asOf={asOf} level={1} />
        </Box>
      </Card>
    </>
  );
};
