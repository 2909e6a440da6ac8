import { conflict, forbidden, invalid, notFound } from '@concentric/service-kit';

export const operatorNotFound = (id: string) => notFound('operator', id);

export const nameTaken = () => conflict('operator_name_taken', 'Another operator signs in with this name');

export const rolesConflict = (first: string, second: string) =>
  conflict(
    'roles_in_conflict',
    'One person may not hold these two roles',
    `${first} and ${second} exist so that two people look at the same money; give one of them to somebody else`,
  );

export const ownAccess = () =>
  forbidden('own_access', 'Nobody changes their own roles, brands, scope or state', 'Ask another administrator');

export const beyondOwnBrands = () => forbidden('beyond_own_brands', 'You can only give access to brands that you have yourself');

export const unknownDepartment = () =>
  invalid([
    {
      field: 'departmentId',
      code: 'unknown_department',
      message: 'there is no such department',
      remedy: 'Choose one of the list of departments.',
    },
  ]);

export const accessFault = (fault: { field: string; message: string; remedy: string }) => invalid([{ code: 'access_fault', ...fault }]);
