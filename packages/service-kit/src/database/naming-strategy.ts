import { DefaultNamingStrategy } from 'typeorm';

const snakeCase = (name: string) => name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();

/** Properties in camelCase, tables and columns in snake_case. */
export class SnakeNamingStrategy extends DefaultNamingStrategy {
  override tableName(className: string, customName?: string): string {
    return customName || snakeCase(className);
  }

  override columnName(property: string, customName: string | undefined, prefixes: string[]): string {
    return [...prefixes, customName || property].map(snakeCase).join('_');
  }
}
