import type { colleagueList } from '@concentric/contracts';
import { useFieldValue, useTranslate } from 'react-admin';
import type { z } from 'zod';
import { useBrandApi } from '../pages/useApi';
import { isMe, isPartner } from '../providers/access';
import type { FieldProps } from './fields';

/** Who did something: oneself, by name within the brand, otherwise a colleague. Nobody: a dash. */
export const Who = ({ id }: { id: string | null | undefined }) => {
  const translate = useTranslate();
  const named = Boolean(id) && !isMe(id) && !isPartner();
  const { data } = useBrandApi<z.infer<typeof colleagueList>>('organization', 'colleagues', { enabled: named });
  if (!id) return <>–</>;
  if (isMe(id)) return <>{translate('who.you')}</>;
  return <>{data?.data.find((operator) => operator.id === id)?.displayName ?? translate('who.colleague')}</>;
};

export const WhoField = ({ source }: FieldProps) => <Who id={useFieldValue({ source }) as string | null} />;
