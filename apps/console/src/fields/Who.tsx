import { useFieldValue, useGetList, useTranslate } from 'react-admin';
import { isMe, mayDo } from '../providers/access';
import type { FieldProps } from './fields';

/** Who did something: oneself, by name for whoever may read operators, otherwise a colleague. Nobody: a dash. */
export const Who = ({ id }: { id: string | null | undefined }) => {
  const translate = useTranslate();
  const named = Boolean(id) && !isMe(id) && mayDo('operators', 'read');
  const page = { page: 1, perPage: 500 };
  const { data } = useGetList<{ id: string; displayName: string }>('operators', { pagination: page }, { enabled: named });
  if (!id) return <>–</>;
  if (isMe(id)) return <>{translate('who.you')}</>;
  return <>{data?.find((operator) => operator.id === id)?.displayName ?? translate('who.colleague')}</>;
};

export const WhoField = ({ source }: FieldProps) => <Who id={useFieldValue({ source }) as string | null} />;
