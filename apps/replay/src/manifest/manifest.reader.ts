import { isCurrency } from '@concentric/money';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { manifestSchema, type Manifest } from './manifest';
import { ManifestError, type ManifestProblem } from './manifest.errors';

/**
 * Reads and checks `manifest.json` of a folder.
 * @throws ManifestError with every problem found: its path in the file, what is wrong and the remedy
 */
export function readManifest(folder: string): Manifest {
  const path = join(folder, 'manifest.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new ManifestError(path, [{ path: '', problem: 'cannot be read', remedy: 'name the folder that holds manifest.json' }]);
  }
  return parseManifest(text, path);
}

/** @throws ManifestError */
export function parseManifest(text: string, path = 'manifest.json'): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new ManifestError(path, [
      { path: '', problem: `is not JSON: ${(error as Error).message}`, remedy: 'look for a missing comma or quote there' },
    ]);
  }
  const result = manifestSchema.safeParse(json);
  if (!result.success) throw new ManifestError(path, result.error.issues.flatMap(explain));
  const problems = crossChecks(result.data);
  if (problems.length > 0) throw new ManifestError(path, problems);
  return result.data;
}

function crossChecks(manifest: Manifest): ManifestProblem[] {
  const problems: ManifestProblem[] = [];
  const channels = manifest.brand.channels.map(({ code }) => code);
  const oneOf = `use one of brand.channels: ${channels.join(', ')}`;
  if (!isCurrency(manifest.brand.currency)) {
    problems.push({
      path: 'brand.currency',
      problem: `${manifest.brand.currency} is no currency that amounts can be kept in`,
      remedy: 'use an ISO 4217 code such as CNY',
    });
  }
  if (manifest.channel && !channels.includes(manifest.channel)) {
    problems.push({ path: 'channel', problem: `${manifest.channel} is not a channel of the brand`, remedy: oneOf });
  }
  for (const channel of Object.keys(manifest.holdingDaysByChannel)) {
    if (!channels.includes(channel))
      problems.push({ path: `holdingDaysByChannel.${channel}`, problem: 'is not a channel of the brand', remedy: oneOf });
  }
  manifest.files.forEach((file, index) => {
    const constant = file.constants.channel;
    if (constant && !channels.includes(constant)) {
      problems.push({ path: `files[${index}].constants.channel`, problem: `${constant} is not a channel of the brand`, remedy: oneOf });
    }
    const names = 'channel' in file.columns || constant !== undefined;
    if (file.kind === 'orders' && !names && !manifest.channel && channels.length > 1) {
      problems.push({
        path: `files[${index}].columns.channel`,
        problem: 'the brand has several channels and these orders name none',
        remedy: 'map the column channel, or set constants.channel or the default channel of the manifest',
      });
    }
  });
  if (
    !manifest.files.some(
      ({ kind, columns, constants }) => kind === 'orders' || (kind === 'order-lines' && ('placedAt' in columns || 'placedAt' in constants)),
    )
  ) {
    problems.push({
      path: 'files',
      problem: 'no file says when orders were placed',
      remedy: 'add a file of kind orders, or map placedAt in a file of kind order-lines',
    });
  }
  return problems;
}

function explain(issue: z.core.$ZodIssue): ManifestProblem[] {
  const path = issue.path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key)),
    '',
  );
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: path ? `${path}.${key}` : key,
      problem: 'is not known here',
      remedy: 'check its spelling, or take it out',
    }));
  }
  if (issue.code === 'invalid_value') {
    return [{ path, problem: 'has another value than is possible', remedy: `use one of ${issue.values.map(String).join(', ')}` }];
  }
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) {
    return [{ path, problem: 'is missing', remedy: `add it (${issue.expected})` }];
  }
  return [{ path, problem: issue.message }];
}
