import { conflict, notFound } from '@concentric/service-kit';

export const departmentNotFound = (id: string) => notFound('department', id);
export const departmentCodeTaken = () => conflict('department_code_taken', 'Another department has this code');
