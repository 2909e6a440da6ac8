import { FunctionField, ReferenceField, useFieldValue } from 'react-admin';
import type { MemberRow } from '@concentric/contracts';
import { endOfId } from '../fields/endOfId';
import { Word } from '../fields/fields';
import { mayDo } from '../providers/access';

/** A customer by the first identity, masked; by the end of the id for whoever may not read members. */
export const CustomerField = ({ source }: { source: string }) => {
  const id = useFieldValue({ source }) as string;
  if (!mayDo('members', 'read')) return <>{endOfId(id)}</>;
  return (
    <ReferenceField source={source} reference="members" link="show">
      <FunctionField<MemberRow & { id: string }>
        render={({ identities: [first] }) =>
          first ? (
            <>
              <Word plain group="identity" value={first.type} /> {first.masked}
            </>
          ) : (
            endOfId(id)
          )
        }
      />
    </ReferenceField>
  );
};
