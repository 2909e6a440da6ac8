import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { DataScope } from '@concentric/contracts';
import type { Request } from 'express';

/** Who is calling, as their verified token says. */
export interface Operator {
  id: string;
  name: string;
  brandIds: string[] | 'all';
  permissions: string[];
  scope: DataScope;
  /** A machine, not a person. */
  service?: boolean;
}

const operators = new WeakMap<object, Operator>();

/** Keeps the verified caller with the request; called by the guard alone. */
export function rememberOperator(request: Request, operator: Operator): void {
  operators.set(request, operator);
}

/** The verified caller of a request; undefined on public routes. */
export function operatorOf(request: object): Operator | undefined {
  return operators.get(request);
}

/** The verified caller as a handler parameter. Not available on public routes. */
export const CurrentOperator = createParamDecorator((_: unknown, context: ExecutionContext): Operator => {
  const operator = operatorOf(context.switchToHttp().getRequest<Request>());
  if (operator === undefined) throw new Error('CurrentOperator is used on a public route');
  return operator;
});

/** Whether the operator's token covers a brand. */
export function coversBrand(operator: Operator, brandId: string): boolean {
  return operator.brandIds === 'all' || operator.brandIds.includes(brandId);
}
